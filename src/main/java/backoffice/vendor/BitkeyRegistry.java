package backoffice.vendor;

import static java.util.stream.Collectors.joining;

import backoffice.envelope.UnavailableException;
import backoffice.persistence.PostgresErrors;
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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
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

    private static final Logger LOG = Logger.getLogger(BitkeyRegistry.class);
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(2);

    private final Bitkeys configured;
    private final Optional<BitkeySource> mounted;
    private final BitkeySource stored;
    private final List<BitkeySource> sources;
    private final StoredBitkeys table;
    private final Vertx vertx;
    private final boolean servesHttp;
    private final long timer;
    private final AtomicReference<Uni<Void>> firstReading = new AtomicReference<>();
    private final Map<BitkeyDigest, LocalDate> lastUses = new ConcurrentHashMap<>();
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
        this.configured = Bitkeys.of(config);
        this.stored = new BitkeySource("database", table::valid, maxAge, failClosed, meters);
        this.mounted = directory.map(Path::toAbsolutePath).map(path -> {
            MountedBitkeys files = new MountedBitkeys(path);
            Supplier<Uni<Bitkeys>> reading = () -> UniHelper.toUni(vertx.executeBlocking(files::read, false));
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

    /** The name of a vendor in the database. The name of an environment variable cannot tell {@code -._} apart. */
    public static String vendorName(String spelling) {
        return spelling.toLowerCase(Locale.ROOT).replaceAll("[._]", "-");
    }

    /**
     * Fails without any key, because no client can call the API then, and when the database, which may have keys, cannot
     * be reached. One that can be reached may have no table before the migration.
     */
    void requireAnyKey(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        readUnlessAny(UnavailableException.class::isInstance);
    }

    /** Fails without any key after the migration, and when the keys of the database cannot be read. */
    void requireAnyKeyAfterMigration(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent event) {
        readUnlessAny(anyFailure -> true);
        if (servesHttp && hasNone()) {
            throw noKeys("the database has none, so no client can call the API.");
        }
    }

    private void readUnlessAny(Predicate<Throwable> isFatal) {
        if (servesHttp && hasNone()) {
            stored.read()
                    .onFailure(isFatal.negate())
                    .recoverWithNull()
                    .onFailure()
                    .transform(failure -> noKeys("those of the database cannot be read ("
                            + PostgresErrors.reason(failure)
                            + "). If it has any, start the service again when the database answers."))
                    .await()
                    .indefinitely();
        }
    }

    private boolean hasNone() {
        return configured.isEmpty()
                && sources.stream().allMatch(source -> source.keys().isEmpty());
    }

    private static ConfigurationException noKeys(String database) {
        return new ConfigurationException("No bitkey is configured, and " + database
                + " Set BACKOFFICE_BITKEYS_<VENDOR>=<key> in the environment (or backoffice.bitkeys.<vendor>=<key>), "
                + "for example BACKOFFICE_BITKEYS_ACME=$(openssl rand -hex 32), "
                + "or create one in the database with the command keys create.");
    }

    /** Warns of keys in the configuration and in files that can be guessed. The key of dev mode is one, and no secret. */
    void warnOfShortKeys(@Observes StartupEvent event) {
        String vendors = Stream.concat(Stream.of(configured), sources.stream().map(BitkeySource::keys))
                .flatMap(keys -> keys.vendorsWithShortKeys().stream())
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
        BitkeyDigest digest = BitkeyDigest.of(text);
        Optional<Bitkey> ofConfiguration = configured.find(digest);
        if (ofConfiguration.isPresent()) {
            return Uni.createFrom().item(ofConfiguration);
        }
        asked = true;
        if (fresh) {
            return Uni.createFrom().item(() -> known(digest));
        }
        // Calls that come meanwhile share the reading. Each continues in its own context.
        return firstReading
                .updateAndGet(reading -> reading == null ? read().memoize().indefinitely() : reading)
                .emitOn(MutinyHelper.executor(Vertx.currentContext()))
                .map(done -> known(digest));
    }

    private Optional<Bitkey> known(BitkeyDigest digest) {
        return mounted.flatMap(files -> files.find(digest))
                .or(() -> stored.find(digest).map(this::used));
    }

    /** Stores the day of the last use, with the first call of a day. */
    private Bitkey used(Bitkey key) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        if (!today.equals(lastUses.put(key.digest(), today))) {
            table.markUsed(key)
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debugf("The use of a key is not stored: %s", failure));
        }
        return key;
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
