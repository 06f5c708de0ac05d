package backoffice.vendor;

import backoffice.envelope.UnavailableException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The bitkeys of all vendors (docs/api.md, section 2.3): those of the configuration, of mounted files and of the
 * database. The service keeps only digests.
 *
 * <p>Keys of files and of the database are kept in memory, and read again while calls with such keys come: in the
 * background when they are two seconds old, and before the answer when they are three. So a new or revoked key is in
 * force within five seconds, an instance without calls rests, and a call does not query. If they cannot be read, those
 * of before stay known. See docs/adr/0029.
 */
@Singleton
public class BitkeyRegistry {

    private static final Logger LOG = Logger.getLogger(BitkeyRegistry.class);
    private static final long REFRESH_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long MAX_AGE_NANOS = Duration.ofSeconds(3).toNanos();
    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private final Bitkeys configured;
    private final Optional<Path> directory;
    private final boolean servesHttp;
    private final StoredBitkeys database;
    private final Vertx vertx;
    private final AtomicReference<Uni<Void>> running = new AtomicReference<>();
    private final Map<Bitkey, LocalDate> lastUses = new ConcurrentHashMap<>();
    private volatile Bitkeys mounted;
    private volatile Bitkeys stored = new Bitkeys();
    private volatile long refreshedAt = System.nanoTime() - MAX_AGE_NANOS;
    private volatile boolean databaseAway;
    private volatile String lastFailure = "";

    BitkeyRegistry(
            Config config,
            @ConfigProperty(name = "backoffice.bitkeys-directory") Optional<Path> directory,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean servesHttp,
            StoredBitkeys database,
            Vertx vertx) {
        this.configured = ConfiguredBitkeys.read(config);
        this.directory = directory;
        this.mounted = directory.map(MountedBitkeys::read).orElseGet(Bitkeys::new);
        this.servesHttp = servesHttp;
        this.database = database;
        this.vertx = vertx;
    }

    /**
     * Normalizes the name of a vendor to its form in the database: lower case, with {@code -} for {@code .} and
     * {@code _}. The name of an environment variable cannot tell these apart.
     */
    public static String vendorName(String spelling) {
        return spelling.toLowerCase(Locale.ROOT).replaceAll("[._]", "-");
    }

    /**
     * Reads the keys of the database at the start if the configuration has none. It does so before the migration, since
     * a database that cannot be reached has no key either, and after it, since the table may be new.
     *
     * @throws ConfigurationException when there is no key at all, because no client can call the API then
     */
    void requireOne(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (hasNoneConfigured()) {
            refresh().await().indefinitely();
            if (databaseAway) {
                throw noKeys();
            }
        }
    }

    /** Checks again after the migration, as {@link #requireOne}. */
    void requireOneAfterMigration(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent event) {
        if (hasNoneConfigured() && stored.isEmpty()) {
            refresh().await().indefinitely();
            if (stored.isEmpty()) {
                throw noKeys();
            }
        }
    }

    private boolean hasNoneConfigured() {
        return servesHttp && configured.isEmpty() && mounted.isEmpty();
    }

    /**
     * Checks that a vendor has a bitkey, because without one no client can read the data of the vendor. Blocks.
     *
     * @return the normalized name of the vendor, as {@link #vendorName} describes
     * @throws ConfigurationException when the vendor has no bitkey
     */
    public String vendor(String spelling) {
        String vendor = vendorName(spelling);
        refresh().await().indefinitely();
        SortedSet<String> vendors = new TreeSet<>(configured.vendors());
        vendors.addAll(mounted.vendors());
        vendors.addAll(stored.vendors());
        if (vendors.isEmpty()) {
            throw noKeys();
        }
        if (!vendors.contains(vendor)) {
            throw new ConfigurationException("Vendor %s has no bitkey. Vendors with a bitkey: %s."
                    .formatted(vendor, String.join(", ", vendors)));
        }
        return vendor;
    }

    private static ConfigurationException noKeys() {
        return new ConfigurationException("No bitkey is configured, so no client can call the API. "
                + "Set BACKOFFICE_BITKEYS_<VENDOR>=<key> in the environment "
                + "(or backoffice.bitkeys.<vendor>=<key>), "
                + "for example BACKOFFICE_BITKEYS_ACME=$(openssl rand -hex 32), "
                + "or create one in the database with the command keys create.");
    }

    /** The bitkey with this text; empty for an unknown key, also one that is revoked or has expired. */
    Uni<Optional<Bitkey>> find(String text) {
        BitkeyDigest digest = BitkeyDigest.of(text);
        Optional<Bitkey> ofConfiguration = configured.find(digest);
        if (ofConfiguration.isPresent()) {
            return Uni.createFrom().item(ofConfiguration);
        }
        long age = System.nanoTime() - refreshedAt;
        if (age < REFRESH_NANOS) {
            return Uni.createFrom().item(() -> known(digest));
        }
        Uni<Void> refresh = refresh();
        if (age < MAX_AGE_NANOS) {
            refresh.subscribe().with(done -> {});
            return Uni.createFrom().item(() -> known(digest));
        }
        return inContextOfCaller(refresh).map(done -> known(digest));
    }

    private Optional<Bitkey> known(BitkeyDigest digest) {
        return mounted.find(digest)
                .or(() -> stored.find(digest).filter(key -> !key.isExpired()).map(this::used));
    }

    /** Stores the day of the last use, with the first call of a day. */
    private Bitkey used(Bitkey key) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        if (!today.equals(lastUses.put(key, today))) {
            database.markUsed(key)
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debugf("The use of a key is not stored: %s", failure));
        }
        return key;
    }

    /** Reads the keys again; calls that come meanwhile share the work. Never fails, and takes a second at most. */
    Uni<Void> refresh() {
        long now = System.nanoTime();
        Uni<Void> mine = readFiles()
                .chain(this::readDatabase)
                .ifNoItem()
                .after(MAX_WAIT)
                .recoverWithItem(() -> null)
                .onTermination()
                .invoke(() -> {
                    refreshedAt = now;
                    running.set(null);
                })
                .memoize()
                .indefinitely();
        return running.compareAndSet(null, mine)
                ? mine
                : Objects.requireNonNullElse(running.get(), Uni.createFrom().voidItem());
    }

    private Uni<Void> readFiles() {
        return directory
                .map(path -> UniHelper.toUni(vertx.executeBlocking(() -> MountedBitkeys.read(path)))
                        .invoke(files -> mounted = files)
                        .onFailure()
                        .invoke(this::report)
                        .onFailure()
                        .recoverWithNull()
                        .replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> readDatabase() {
        return database.valid()
                .invoke(keys -> {
                    Bitkeys read = new Bitkeys();
                    keys.forEach(read::add);
                    stored = read;
                    databaseAway = false;
                })
                .onFailure()
                .invoke(this::report)
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private void report(Throwable failure) {
        databaseAway = failure instanceof UnavailableException;
        if (!failure.toString().equals(lastFailure)) {
            lastFailure = failure.toString();
            LOG.warnf("Bitkeys cannot be read again, so those of before stay known: %s", failure);
        }
    }

    /** A call continues in its own context, also when the work of another call completes it. */
    private static Uni<Void> inContextOfCaller(Uni<Void> work) {
        Context caller = Vertx.currentContext();
        return work.emitOn(task -> caller.runOnContext(next -> task.run()));
    }
}
