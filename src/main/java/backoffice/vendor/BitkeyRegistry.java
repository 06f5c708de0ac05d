package backoffice.vendor;

import backoffice.envelope.UnavailableException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Context;
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
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The bitkeys of all vendors (docs/api.md, section 2.3): those of the configuration, of mounted files and of the
 * database. The service keeps only digests.
 *
 * <p>Keys of files and of the database are kept in memory, and read again while calls with such keys come: in the
 * background when they are two seconds old, and before the answer when they are three. So a new or revoked key is in
 * force within five seconds, an instance without calls rests, and a call does not query. If a source of keys cannot be
 * read, its keys of before stay known, those with an expiry up to an age. See docs/adr/0029.
 */
@Singleton
public class BitkeyRegistry {

    /** The header that has the bitkey of a call. */
    public static final String HEADER = "bitkey";

    private static final Logger LOG = Logger.getLogger(BitkeyRegistry.class);
    private static final long REFRESH_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long MAX_AGE_NANOS = Duration.ofSeconds(3).toNanos();

    private final Bitkeys configured;
    private final Optional<MountedBitkeys> mounted;
    private final BitkeySource stored;
    private final BitkeyReading database;
    private final List<BitkeyReading> readings;
    private final boolean servesHttp;
    private final StoredBitkeys table;
    private final AtomicReference<Uni<Void>> running = new AtomicReference<>();
    private final Map<Bitkey, LocalDate> lastUses = new ConcurrentHashMap<>();
    private volatile long refreshedAt = System.nanoTime() - MAX_AGE_NANOS;

    BitkeyRegistry(
            Config config,
            @ConfigProperty(name = "backoffice.bitkeys-directory") Optional<Path> directory,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean servesHttp,
            StoredBitkeys table,
            BitkeySources sources,
            Vertx vertx) {
        this.configured = ConfiguredBitkeys.read(config);
        this.mounted = directory.map(path -> new MountedBitkeys(path, sources));
        this.servesHttp = servesHttp;
        this.table = table;
        this.stored = sources.open("database");
        this.database = new BitkeyReading(stored, table::valid, stored::isUnreadable, vertx);
        this.readings = Stream.concat(mounted.map(files -> readingOf(files, vertx)).stream(), Stream.of(database))
                .toList();
    }

    private static BitkeyReading readingOf(MountedBitkeys files, Vertx vertx) {
        Callable<Bitkeys> work = () -> {
            files.readAgain();
            return new Bitkeys();
        };
        return new BitkeyReading(
                files.listing(), () -> UniHelper.toUni(vertx.executeBlocking(work, false)), files::isUnreadable, vertx);
    }

    @PreDestroy
    void stop() {
        readings.forEach(BitkeyReading::close);
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
    void requireAnyKey(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (hasNoneConfigured()) {
            table.valid()
                    .onFailure(failure -> !(failure instanceof UnavailableException))
                    .recoverWithNull()
                    .onFailure()
                    .transform(unreadable -> noKeys())
                    .await()
                    .indefinitely();
        }
    }

    /** Checks again after the migration, as {@link #requireAnyKey}. */
    void requireAnyKeyAfterMigration(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent event) {
        if (hasNoneConfigured()) {
            readDatabase();
            if (stored.keys().isEmpty()) {
                throw noKeys();
            }
        }
    }

    /** Reads the keys of the database if that is possible. Blocks. */
    private void readDatabase() {
        database.read().onFailure().recoverWithNull().await().indefinitely();
    }

    private boolean hasNoneConfigured() {
        return servesHttp
                && configured.isEmpty()
                && mounted.map(MountedBitkeys::isEmpty).orElse(true);
    }

    /**
     * Checks that a vendor has a bitkey, because without one no client can read the data of the vendor. Blocks.
     *
     * @return the normalized name of the vendor, as {@link #vendorName} describes
     * @throws ConfigurationException when the vendor has no bitkey
     */
    public String requireVendorWithKey(String spelling) {
        String vendor = vendorName(spelling);
        readDatabase();
        SortedSet<String> vendors = new TreeSet<>(configured.vendors());
        mounted.map(MountedBitkeys::vendors).ifPresent(vendors::addAll);
        vendors.addAll(stored.keys().vendors());
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

    /**
     * The bitkey with this text; empty for an unknown key, also one that is revoked or has expired. Fails with 5001
     * when the source of the key is too old to tell.
     */
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

    /** Whether a text is at present a bitkey of the vendor. */
    public Uni<Boolean> isValid(String text, String vendor) {
        return find(text).map(key -> key.map(Bitkey::vendor).equals(Optional.of(vendor)));
    }

    private Optional<Bitkey> known(BitkeyDigest digest) {
        return mounted.flatMap(files -> files.find(digest))
                .or(() -> stored.find(digest).map(this::used));
    }

    /** Stores the day of the last use, with the first call of a day. */
    private Bitkey used(Bitkey key) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        if (!today.equals(lastUses.put(key, today))) {
            table.markUsed(key)
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debugf("The use of a key is not stored: %s", failure));
        }
        return key;
    }

    /** Reads the keys again; calls that come meanwhile share the work. Never fails, and takes a second at most. */
    private Uni<Void> refresh() {
        long now = System.nanoTime();
        Uni<Void> mine = Uni.combine()
                .all()
                .unis(readings.stream().map(BitkeyReading::readInTime).toList())
                .discardItems()
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

    /** A call continues in its own context, also when the work of another call completes it. */
    private static Uni<Void> inContextOfCaller(Uni<Void> work) {
        Context caller = Vertx.currentContext();
        return work.emitOn(task -> caller.runOnContext(next -> task.run()));
    }
}
