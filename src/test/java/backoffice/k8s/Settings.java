package backoffice.k8s;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.quarkus.runtime.configuration.DurationConverter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The configuration of the service in an overlay: the ConfigMap overrides application.properties with the profile prod.
 */
record Settings(Properties properties, Map<String, String> environment) {

    static Settings of(Manifests overlay) {
        Map<String, String> environment = new HashMap<>();
        for (ConfigMap configMap : overlay.all(ConfigMap.class)) {
            environment.putAll(configMap.getData());
        }
        try (InputStream in = Settings.class.getResourceAsStream("/application.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return new Settings(properties, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String get(String name) {
        String variable = name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        String value = environment.getOrDefault(
                variable, properties.getProperty("%prod." + name, properties.getProperty(name)));
        if (value == null) {
            throw new IllegalStateException("application.properties and the ConfigMap do not have " + name);
        }
        return value;
    }

    int number(String name) {
        return Integer.parseInt(get(name));
    }

    Duration duration(String name) {
        return DurationConverter.parseDuration(get(name));
    }
}
