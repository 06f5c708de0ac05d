package backoffice.vendor;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The bitkeys in the files of a directory, such as a mounted Secret of Kubernetes (docs/api.md, section 2.3). Each file
 * is a source of its own: one that is malformed or cannot be read keeps its keys, and the others are read as usual. A
 * key of two vendors stays with the one that had it, and the file of the other one counts as malformed.
 */
final class MountedBitkeys {

    /** {@code BACKOFFICE_BITKEYS_}, as {@link BitkeyRegistry#vendorName} spells it. */
    private static final String VARIABLE = "^backoffice-bitkeys-";

    private final Path directory;
    private final BitkeySource listing;
    private volatile Map<Path, BitkeySource> files = Map.of();
    private volatile Map<BitkeyDigest, BitkeySource> byDigest = Map.of();

    /**
     * Reads the files. Blocks.
     *
     * @param listing the directory itself, which has no keys
     * @throws ConfigurationException when the files cannot be read, or have a key that is malformed or of two vendors
     */
    MountedBitkeys(Path directory, BitkeySource listing) {
        this.directory = directory;
        this.listing = listing;
        try {
            readAll().values().forEach(failure -> {
                throw failure;
            });
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    private static ConfigurationException unreadable(Path path, IOException cause) {
        return new ConfigurationException("The bitkeys in %s cannot be read: %s".formatted(path, cause), cause);
    }

    /** Whether the directory or one of its files cannot be read. */
    boolean isUnreadable() {
        return listing.isUnreadable() || files.values().stream().anyMatch(BitkeySource::isUnreadable);
    }

    boolean isEmpty() {
        return byDigest.isEmpty();
    }

    /** As {@link Bitkeys#vendorsWithShortKeys}. */
    Stream<String> vendorsWithShortKeys() {
        return files.values().stream().flatMap(file -> file.keys().vendorsWithShortKeys().stream());
    }

    /** The key with this digest, as {@link BitkeySource#find}. */
    Optional<Bitkey> find(BitkeyDigest digest) {
        return Optional.ofNullable(byDigest.get(digest))
                .flatMap(file -> file.find(digest))
                .map(listing::requireFresh);
    }

    /** Reads the files again, as {@link BitkeySource#readInTime}. */
    Uni<Void> readInTime(Vertx vertx) {
        return listing.readInTime(vertx, () -> UniHelper.toUni(vertx.executeBlocking(this::readAgain, false)));
    }

    /** Reads the files again, and returns the keys of the directory itself. Blocks. */
    Bitkeys readAgain() throws IOException {
        readAll().forEach((file, failure) -> files.get(file).report(failure));
        return new Bitkeys();
    }

    /** Returns the files that keep their keys, and why. */
    private Map<Path, ConfigurationException> readAll() throws IOException {
        long startedAt = System.nanoTime();
        Map<Path, Bitkeys> read = new TreeMap<>();
        Map<Path, ConfigurationException> failures = new TreeMap<>();
        for (Path file : entries()) {
            try {
                read.put(file, keys(file));
            } catch (NoSuchFileException e) {
                // The file was deleted meanwhile, or it is a link to one that was. So its keys are revoked.
                continue;
            } catch (IOException e) {
                failures.put(file, unreadable(file, e));
            } catch (ConfigurationException e) {
                failures.put(file, e);
            }
        }
        failures.keySet().forEach(file -> read.put(file, before(file)));
        // A file that fails has its keys of before, which another file may have taken too.
        for (List<Path> takers = takers(read); !takers.isEmpty(); takers = takers(read)) {
            for (Path file : takers) {
                read.put(file, before(file));
                failures.put(file, new ConfigurationException(file + " has a bitkey of another vendor."));
            }
        }
        hold(read, failures.keySet(), startedAt);
        return failures;
    }

    /** Kubernetes keeps its own links and directories beside the files of a Secret. Their names begin with a dot. */
    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith(".") && !Files.isDirectory(entry))
                    .toList();
        }
    }

    private static Bitkeys keys(Path file) throws IOException {
        Bitkeys keys = new Bitkeys();
        String vendor = BitkeyRegistry.vendorName(file.getFileName().toString()).replaceFirst(VARIABLE, "");
        Stream.of(Files.readString(file).split("[\\s,]+"))
                .filter(key -> !key.isEmpty())
                .forEach(key -> keys.add(vendor, "mounted", key, file.toString()));
        return keys;
    }

    private Bitkeys before(Path file) {
        return files.containsKey(file) ? files.get(file).keys() : new Bitkeys();
    }

    /** The files that have a key of another vendor, and did not have it before. */
    private List<Path> takers(Map<Path, Bitkeys> read) {
        return read.keySet().stream()
                .filter(file -> read.get(file).all().stream()
                        .filter(key -> before(file).find(key.digest()).isEmpty())
                        .anyMatch(key -> read.values().stream()
                                .flatMap(keys -> keys.find(key.digest()).stream())
                                .anyMatch(same -> !same.vendor().equals(key.vendor()))))
                .toList();
    }

    private void hold(Map<Path, Bitkeys> read, Set<Path> failed, long startedAt) {
        Map<Path, BitkeySource> gone = new HashMap<>(files);
        Map<Path, BitkeySource> present = new HashMap<>();
        Map<BitkeyDigest, BitkeySource> known = new HashMap<>();
        read.forEach((file, keys) -> {
            BitkeySource before = gone.remove(file);
            BitkeySource source = before == null ? listing.open(file) : before;
            if (!failed.contains(file)) {
                source.hold(keys, startedAt);
            }
            present.put(file, source);
            keys.all().forEach(key -> known.put(key.digest(), source));
        });
        gone.values().forEach(BitkeySource::close);
        files = present;
        byDigest = known;
    }
}
