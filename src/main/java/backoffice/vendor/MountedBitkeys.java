package backoffice.vendor;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The bitkeys in the files of a directory, such as a Secret of Kubernetes that is mounted as a volume (docs/api.md,
 * section 2.3). The name of a file is the vendor, or the environment variable of the vendor, so that a Secret of
 * environment variables can become a volume as it is. The file has the keys of the vendor, in the form of the
 * configuration, with blanks, line ends or commas between them.
 *
 * <p>Each file is a source of its own: one that is malformed or cannot be read keeps its keys, and the others are read
 * as usual. The keys of a file that is gone are revoked.
 */
final class MountedBitkeys {

    private final Path directory;
    private final BitkeySources sources;
    private final BitkeySource listing;
    private volatile Map<Path, BitkeySource> files = Map.of();
    private volatile Map<BitkeyDigest, BitkeySource> byDigest = Map.of();

    /**
     * Reads the files. Blocks.
     *
     * @throws ConfigurationException when the files cannot be read, or have a key that is malformed or of two vendors
     */
    MountedBitkeys(Path directory, BitkeySources sources) {
        this.directory = directory.toAbsolutePath();
        this.sources = sources;
        this.listing = sources.open(this.directory.toString());
        try {
            MountedFiles read = MountedFiles.read(this.directory, file -> new Bitkeys());
            read.failures().forEach((file, failure) -> {
                throw failure instanceof ConfigurationException malformed ? malformed : unreadable(file, failure);
            });
            hold(read, System.nanoTime());
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    private static ConfigurationException unreadable(Path path, Exception cause) {
        return new ConfigurationException("The bitkeys in %s cannot be read: %s".formatted(path, cause), cause);
    }

    /** The directory itself, without the keys of its files. */
    BitkeySource listing() {
        return listing;
    }

    /** Whether the directory or one of its files cannot be read. */
    boolean isUnreadable() {
        return listing.isUnreadable() || files.values().stream().anyMatch(BitkeySource::isUnreadable);
    }

    boolean isEmpty() {
        return byDigest.isEmpty();
    }

    /** The vendors that have a key. */
    Set<String> vendors() {
        return files.values().stream()
                .flatMap(file -> file.keys().vendors().stream())
                .collect(Collectors.toSet());
    }

    /** The key with this digest, as {@link BitkeySource#find}. */
    Optional<Bitkey> find(BitkeyDigest digest) {
        return Optional.ofNullable(byDigest.get(digest))
                .flatMap(file -> file.find(digest))
                .map(listing::requireFresh);
    }

    /**
     * Reads the files again. Blocks.
     *
     * @throws IOException when the directory cannot be read
     */
    void readAgain() throws IOException {
        long startedAt = System.nanoTime();
        hold(MountedFiles.read(directory, this::keysOf), startedAt);
    }

    private Bitkeys keysOf(Path file) {
        return files.containsKey(file) ? files.get(file).keys() : new Bitkeys();
    }

    private void hold(MountedFiles read, long startedAt) {
        Map<Path, BitkeySource> present = new HashMap<>();
        Map<BitkeyDigest, BitkeySource> known = new HashMap<>();
        read.keys().forEach((file, keys) -> {
            BitkeySource source = files.containsKey(file) ? files.get(file) : sources.open(file.toString());
            if (read.failures().containsKey(file)) {
                source.report(read.failures().get(file));
            } else {
                source.hold(keys, startedAt);
            }
            present.put(file, source);
            keys.all().forEach(key -> known.put(key.digest(), source));
        });
        files.keySet().stream()
                .filter(file -> !present.containsKey(file))
                .forEach(gone -> sources.close(gone.toString()));
        files = present;
        byDigest = known;
    }
}
