package backoffice.vendor;

import static java.util.stream.Collectors.joining;

import backoffice.persistence.PostgresErrors;
import backoffice.vendor.Bitkey.Digest;
import backoffice.vendor.BitkeySource.Reading;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The bitkeys of all vendors: those of the configuration, of mounted files and of the database. Files and database are
 * read every two seconds while calls with such keys come, and before the first one after a rest. So a new or revoked key
 * is in force within five seconds, while its source can be read. See docs/adr/0029.
 */
@Singleton
public class BitkeyRegistry {

    public static final String HEADER = "bitkey";

    private static final String PROPERTY = "backoffice.bitkeys.";
    private static final Logger LOG = Logger.getLogger(BitkeyRegistry.class);
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(2);

    private final Map<Digest, Bitkey> configured;
    private final Optional<BitkeySource> mounted;
    private final BitkeySource stored;
    private final List<BitkeySource> sources;
    private final StoredBitkeys table;
    private final Vertx vertx;
    private final boolean servesHttp;
    private final long timer;
    private final AtomicReference<Uni<Void>> firstReading = new AtomicReference<>();
    private volatile boolean fresh;
    private volatile boolean asked;

    BitkeyRegistry(
            Config config,
            @ConfigProperty(name = "backoffice.bitkeys-directory") Optional<Path> directory,
            @ConfigProperty(name = "backoffice.bitkeys-max-age") Duration maxAge,
            @ConfigProperty(name = "backoffice.bitkeys-fail-closed") boolean failClosed,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean servesHttp,
            StoredBitkeys table,
            MeterRegistry meters,
            Vertx vertx) {
        this.configured = configured(config);
        this.stored = new BitkeySource("database", table::read, maxAge, failClosed, meters);
        this.mounted = directory.map(Path::toAbsolutePath).map(path -> {
            MountedBitkeys files = new MountedBitkeys(path);
            Supplier<Uni<Reading>> reading = () -> UniHelper.toUni(vertx.executeBlocking(files::read, false));
            return new BitkeySource(path.toString(), reading, maxAge, failClosed, meters);
        });
        this.sources = Stream.concat(mounted.stream(), Stream.of(stored)).toList();
        mounted.ifPresent(files -> files.read().await().indefinitely());
        this.servesHttp = servesHttp;
        this.table = table;
        this.vertx = vertx;
        this.timer = vertx.setPeriodic(BETWEEN_READINGS.toMillis(), id -> readAgain());
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(timer);
    }

    /** The keys of the configuration. Blanks around a key do not belong to it, since no header has them. */
    static Map<Digest, Bitkey> configured(Config config) {
        Map<Digest, Bitkey> keys = new HashMap<>();
        for (String property : config.getPropertyNames()) {
            if (property.startsWith(PROPERTY)) {
                String vendor = Bitkey.vendorName(property.substring(PROPERTY.length()));
                config.getOptionalValues(property, String.class).orElse(List.of()).stream()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(text -> Bitkey.of(vendor, "configured", text, PROPERTY + vendor))
                        .forEach(key -> {
                            key.requireNoOtherVendorIn(keys, PROPERTY + vendor);
                            keys.put(key.digest(), key);
                        });
            }
        }
        return keys;
    }

    /** Fails without any key, because no client can call the API then. The migration has created the table of keys. */
    void requireAnyKey(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent event) {
        if (!servesHttp || keys().findAny().isPresent()) {
            return;
        }
        String fault = stored.read()
                .map(done -> stored.keys().isEmpty() ? "the database has none" : null)
                .onFailure()
                .recoverWithItem(failure ->
                        "those of the database cannot be read (%s)".formatted(PostgresErrors.reason(failure)))
                .await()
                .indefinitely();
        if (fault != null) {
            throw new ConfigurationException("No bitkey is configured, and " + fault
                    + ". Set BACKOFFICE_BITKEYS_<VENDOR>=<key>, such as BACKOFFICE_BITKEYS_ACME=$(openssl rand -hex 32), "
                    + "in the environment, or create a key in the database with the command keys create.");
        }
    }

    private Stream<Bitkey> keys() {
        return Stream.concat(configured.values().stream(), sources.stream().flatMap(source -> source.keys().stream()));
    }

    /**
     * Warns of keys in the configuration and in files that can be guessed. The key of dev mode is one, and no secret. A
     * configuration that is refused is so before the migration.
     */
    void warnOfShortKeys(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        String vendors = keys().filter(Bitkey::guessable)
                .map(Bitkey::vendor)
                .distinct()
                .sorted()
                .collect(joining(", "));
        if (servesHttp && !vendors.isEmpty() && LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            LOG.warnf("A bitkey of fewer than 20 characters can be guessed. Vendors that have one: %s", vendors);
        }
    }

    /**
     * The bitkey with this text; empty for an unknown, revoked or expired key. Fails with 5001 when the source of the key
     * is too old to tell.
     */
    public Uni<Optional<Bitkey>> find(String text) {
        Digest digest = Digest.of(text);
        Bitkey ofConfiguration = configured.get(digest);
        if (ofConfiguration != null) {
            return Uni.createFrom().item(Optional.of(ofConfiguration));
        }
        asked = true;
        // Calls that come before the end of the first reading share it. Each continues in its own context.
        Uni<Void> read = fresh
                ? Uni.createFrom().voidItem()
                : firstReading
                        .updateAndGet(
                                shared -> shared == null ? read().memoize().indefinitely() : shared)
                        .emitOn(MutinyHelper.executor(Vertx.currentContext()));
        return read.map(done -> mounted.flatMap(files -> files.find(digest))
                .or(() -> stored.find(digest).map(table::used)));
    }

    /** Never fails, and takes a second at most. */
    private Uni<Void> read() {
        return Uni.join()
                .all(sources.stream().map(source -> source.readInTime(vertx)).toList())
                .andFailFast()
                .replaceWithVoid()
                .invoke(() -> fresh = true);
    }

    /** A source that cannot be read is tried again without a call too. */
    private void readAgain() {
        if (fresh && (asked || sources.stream().anyMatch(BitkeySource::isUnreadable))) {
            asked = false;
            read().subscribe().with(done -> {});
        } else if (fresh) {
            firstReading.set(null);
            fresh = false;
        }
    }
}
