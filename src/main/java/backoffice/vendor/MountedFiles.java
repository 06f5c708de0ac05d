package backoffice.vendor;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One reading of the files of a directory. A file that is malformed or cannot be read has its keys of before.
 *
 * @param keys the keys of each file
 * @param failures the files whose keys are those of before, and why
 */
record MountedFiles(Map<Path, Bitkeys> keys, Map<Path, Exception> failures) {

    /** The name of these keys in logs and traces. */
    private static final String NAME = "mounted";

    /** {@code BACKOFFICE_BITKEYS_}, as {@link BitkeyRegistry#vendorName} spells it. */
    private static final String VARIABLE = "^backoffice-bitkeys-";

    /**
     * Reads the files. Blocks.
     *
     * @param before the keys of a file at the reading before
     * @throws IOException when the directory cannot be read
     */
    static MountedFiles read(Path directory, Function<Path, Bitkeys> before) throws IOException {
        MountedFiles files = new MountedFiles(new TreeMap<>(), new TreeMap<>());
        for (Path file : entries(directory)) {
            try {
                if (Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                    files.keys.put(file, keys(file));
                }
            } catch (NoSuchFileException e) {
                // The file was deleted meanwhile, or it is a link to one that was. So its keys are revoked.
                continue;
            } catch (IOException | ConfigurationException e) {
                files.fail(file, before, e);
            }
        }
        files.failNewOwners(before);
        return files;
    }

    /** Kubernetes keeps its own links and directories beside the files of a Secret. Their names begin with a dot. */
    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private static Bitkeys keys(Path file) throws IOException {
        Bitkeys keys = new Bitkeys();
        String vendor = BitkeyRegistry.vendorName(file.getFileName().toString()).replaceFirst(VARIABLE, "");
        Stream.of(Files.readString(file).split("[\\s,]+"))
                .filter(key -> !key.isEmpty())
                .forEach(key -> keys.add(vendor, NAME, key, file.toString()));
        return keys;
    }

    private void fail(Path file, Function<Path, Bitkeys> before, Exception failure) {
        keys.put(file, before.apply(file));
        failures.put(file, failure);
    }

    /**
     * A key of two vendors stays with the one that had it before, and the file of the other one fails. This is repeated
     * until all keys have one vendor, because a file that fails has its keys of before.
     */
    private void failNewOwners(Function<Path, Bitkeys> before) {
        List<Path> newOwners;
        do {
            Map<BitkeyDigest, Set<String>> vendors = new HashMap<>();
            keys.values().stream()
                    .flatMap(ofFile -> ofFile.all().stream())
                    .forEach(key -> vendors.computeIfAbsent(key.digest(), digest -> new TreeSet<>())
                            .add(key.vendor()));
            newOwners = keys.entrySet().stream()
                    .filter(file -> file.getValue().all().stream()
                            .map(Bitkey::digest)
                            .filter(digest -> vendors.get(digest).size() > 1)
                            .anyMatch(digest ->
                                    before.apply(file.getKey()).find(digest).isEmpty()))
                    .map(Map.Entry::getKey)
                    .toList();
            newOwners.forEach(file -> fail(
                    file,
                    before,
                    new ConfigurationException(
                            "%s has a bitkey of another vendor. A bitkey belongs to one vendor.".formatted(file))));
        } while (!newOwners.isEmpty());
    }
}
