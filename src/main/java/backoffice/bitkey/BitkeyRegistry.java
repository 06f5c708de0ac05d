package backoffice.bitkey;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import backoffice.bitkey.Bitkey.Digest;
import backoffice.call.Call;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.persistence.PostgresErrors;
import backoffice.value.Vendor;
import io.opentelemetry.api.trace.Span;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The bitkeys of all vendors: those of the configuration, and those of the database. They tell who calls. See
 * docs/adr/0029. JAX-RS creates its filters before the settings are there, so it gets a proxy.
 */
@ApplicationScoped
public class BitkeyRegistry {

    static final String HEADER = "bitkey";

    private static final String PROPERTY = "backoffice.bitkeys.";
    private static final Logger LOG = Logger.getLogger(BitkeyRegistry.class);

    private final Map<Digest, Bitkey> configured;
    private final StoredBitkeys stored;
    private final boolean servesHttp;

    BitkeyRegistry(
            Config config,
            StoredBitkeys stored,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean servesHttp) {
        this.configured = configured(config);
        this.stored = stored;
        this.servesHttp = servesHttp;
    }

    /** @throws ConfigurationException for a malformed digest, and for a key of two vendors */
    static Map<Digest, Bitkey> configured(Config config) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(property -> property.startsWith(PROPERTY))
                .flatMap(property -> configured(config, property))
                .collect(toMap(Bitkey::digest, key -> key, BitkeyRegistry::ofOneVendor));
    }

    /** Blanks around a key do not belong to it, since no header has them. A Secret may have a key in each line. */
    private static Stream<Bitkey> configured(Config config, String property) {
        String vendor = Bitkey.vendorName(property.substring(PROPERTY.length()));
        return config.getOptionalValues(property, String.class).orElse(List.of()).stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> Bitkey.configured(vendor, text));
    }

    private static Bitkey ofOneVendor(Bitkey key, Bitkey same) {
        if (!same.vendor().equals(key.vendor())) {
            throw new ConfigurationException("Vendors %s and %s have the same bitkey. A bitkey belongs to one vendor."
                    .formatted(key.vendor(), same.vendor()));
        }
        return key;
    }

    /** Checks the keys before the migration. A command needs none. */
    void onStart(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (servesHttp) {
            warnOfShortKeys();
            requireAnyKey();
        }
    }

    /** Reads the keys of the database after the migration, and does not wait for them. */
    void afterMigration(@Observes StartupEvent event) {
        if (servesHttp) {
            stored.readAtRest();
        }
    }

    /** Warns of keys in the configuration that can be guessed. The key of dev mode is one, and no secret. */
    private void warnOfShortKeys() {
        String vendors = configured.values().stream()
                .filter(Bitkey::guessable)
                .map(Bitkey::vendor)
                .distinct()
                .sorted()
                .collect(joining(", "));
        if (!vendors.isEmpty() && LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            LOG.warnf("A bitkey of fewer than 20 characters can be guessed. Vendors that have one: %s", vendors);
        }
    }

    /** Fails without any key, because no client can call the API then. */
    private void requireAnyKey() {
        if (!configured.isEmpty()) {
            return;
        }
        String fault = stored.areThereAny()
                .map(any -> any ? null : "the database has none")
                .onFailure()
                .recoverWithItem(failure ->
                        "those of the database cannot be read (%s)".formatted(PostgresErrors.reason(failure)))
                .await()
                .indefinitely();
        if (fault != null) {
            throw new ConfigurationException(
                    "No bitkey is configured, and " + fault
                            + ". Set BACKOFFICE_BITKEYS_<VENDOR>=<key>, such as BACKOFFICE_BITKEYS_ACME=$(openssl rand -hex 32), "
                            + "in the environment, or create a key in the database with the commands schema migrate and keys create.");
        }
    }

    /** Makes the vendor of the bitkey the caller, if the bitkey may do what the call does (docs/api.md, sections 2.1, 2.2). */
    public Uni<Void> authenticate(HttpServerRequest request) {
        String text = request.getHeader(HEADER);
        if (text == null || text.isEmpty()) {
            throw new ApiException(Problem.KEY_MISSING);
        }
        return find(text).map(key -> {
            Call call = Call.current().orElseThrow();
            call.recordCaller(new Vendor(key.vendor()), key.name());
            Span.current().setAttribute("vendor", key.vendor()).setAttribute("bitkey.name", key.name());
            if (key.readOnly() && !call.isRead()) {
                throw new ApiException(Problem.KEY_READ_ONLY);
            }
            return null;
        });
    }

    /**
     * The bitkey with this text. Fails with 1102 for an unknown, revoked or expired key, and with 5001 when the keys of the
     * database are too old to tell.
     */
    Uni<Bitkey> find(String text) {
        Digest digest = Digest.of(text);
        Bitkey key = configured.get(digest);
        return key == null ? stored.find(digest) : Uni.createFrom().item(key);
    }
}
