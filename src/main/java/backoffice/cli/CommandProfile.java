package backoffice.cli;

import io.quarkus.runtime.configuration.QuarkusConfigBuilderCustomizer;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigSourceInterceptorFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.util.OptionalInt;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * Adds the profile {@code command} to the profiles of the configuration when the application runs a command. It comes
 * last, so its values win. The other profiles stay, whatever names them: a variable, a system property or a file.
 */
public class CommandProfile implements SmallRyeConfigBuilderCustomizer, ConfigSourceInterceptorFactory {

    /** A system property and not a field, because dev mode has several class loaders. */
    private static final String RUNS_COMMAND = "backoffice.runs-command";

    private static final String PROFILE = "command";

    /** Quarkus takes the profiles from the one of these that has the highest ordinal. */
    private static final Set<String> PROFILES = Set.of(
            QuarkusConfigBuilderCustomizer.QUARKUS_PROFILE, SmallRyeConfig.SMALLRYE_CONFIG_PROFILE, Config.PROFILE);

    /** An interceptor asks those with a lower priority. Quarkus compares the properties above this one. */
    private static final int BELOW_QUARKUS = Priorities.LIBRARY + 100;

    /** Adds the profile to each configuration that is built from now on. */
    static void activate() {
        System.setProperty(RUNS_COMMAND, "true");
    }

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        if (Boolean.getBoolean(RUNS_COMMAND)) {
            builder.withInterceptorFactories(this);
        }
    }

    @Override
    public ConfigSourceInterceptor getInterceptor(ConfigSourceInterceptorContext context) {
        return CommandProfile::addProfile;
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(BELOW_QUARKUS);
    }

    private static ConfigValue addProfile(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        return value != null && PROFILES.contains(name) ? value.withValue(value.getValue() + "," + PROFILE) : value;
    }
}
