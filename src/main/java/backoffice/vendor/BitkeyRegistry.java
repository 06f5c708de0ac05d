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
import java.util.Optional;
import java.util.Set;
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
 * The bitkeys of all vendors: those of the configuration, of mounted files and of the database. Files and database are
 * read again while calls with such keys come: in the background when the keys are two seconds old, and before the answer
 * when they are three. So a new or revoked key is in force within five seconds. See docs/adr/0029.
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
        this.configured = Bitkeys.of(config);
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

    /** The name of a vendor in the database. The name of an environment variable cannot tell {@code -._} apart. */
    public static String vendorName(String spelling) {
        return spelling.toLowerCase(Locale.ROOT).replaceAll("[._]", "-");
    }

    /**
     * Fails without any key, because no client can call the API then. A database that cannot be reached before the
     * migration has no key either. One that can be reached may have no table yet.
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

    /** Fails without any key after the migration. */
    void requireAnyKeyAfterMigration(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent event) {
        if (hasNoneConfigured() && storedVendors().isEmpty()) {
            throw noKeys();
        }
    }

    /** Reads the keys of the database if that is possible. Blocks. */
    private Set<String> storedVendors() {
        database.read().onFailure().recoverWithNull().await().indefinitely();
        return stored.keys().vendors();
    }

    private boolean hasNoneConfigured() {
        return servesHttp
                && configured.isEmpty()
                && mounted.map(MountedBitkeys::isEmpty).orElse(true);
    }

    /**
     * Normalizes the name of a vendor as {@link #vendorName}. Blocks.
     *
     * @throws ConfigurationException when the vendor has no bitkey, so that no client can read its data
     */
    public String requireVendorWithKey(String spelling) {
        String vendor = vendorName(spelling);
        SortedSet<String> vendors = new TreeSet<>(configured.vendors());
        mounted.map(MountedBitkeys::vendors).ifPresent(vendors::addAll);
        vendors.addAll(storedVendors());
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
     * The bitkey with this text; empty for an unknown, revoked or expired key. Fails with 5001 when the source of the key
     * is too old to tell.
     */
    Uni<Optional<Bitkey>> find(String text) {
        BitkeyDigest digest = BitkeyDigest.of(text);
        Optional<Bitkey> ofConfiguration = configured.find(digest);
        if (ofConfiguration.isPresent()) {
            return Uni.createFrom().item(ofConfiguration);
        }
        long age = System.nanoTime() - refreshedAt;
        if (age >= MAX_AGE_NANOS) {
            return inContextOfCaller(refresh()).map(done -> known(digest));
        }
        if (age >= REFRESH_NANOS) {
            refresh().subscribe().with(done -> {});
        }
        return Uni.createFrom().item(() -> known(digest));
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
        Uni<Void> other = running.compareAndExchange(null, mine);
        return other == null ? mine : other;
    }

    /** A call continues in its own context, also when the work of another call completes it. */
    private static Uni<Void> inContextOfCaller(Uni<Void> work) {
        Context caller = Vertx.currentContext();
        return work.emitOn(task -> caller.runOnContext(next -> task.run()));
    }
}
