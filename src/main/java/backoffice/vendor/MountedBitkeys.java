package backoffice.vendor;

import backoffice.vendor.Bitkey.Digest;
import backoffice.vendor.BitkeySource.Reading;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The bitkeys in the files of a directory, such as a mounted Secret of Kubernetes (docs/api.md, section 2.3). A file that
 * cannot be read, is malformed, or takes a key of another vendor keeps its keys, and the others are read as usual.
 */
final class MountedBitkeys {

    /** {@code BACKOFFICE_BITKEYS_}, as {@link Bitkey#vendorName} spells it. */
    private static final String VARIABLE = "^backoffice-bitkeys-";

    private final Path directory;
    private volatile Map<Path, List<Bitkey>> files = Map.of();
    private volatile Map<Digest, Bitkey> last = Map.of();

    MountedBitkeys(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads the files, and returns the keys of all of them, with the faults of those that keep their keys. Blocks.
     *
     * @throws ConfigurationException when the directory cannot be read
     */
    Reading read() {
        Map<Digest, Bitkey> all = new HashMap<>();
        Map<Path, List<Bitkey>> present = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (Path file : entries()) {
            List<Bitkey> keys = files.getOrDefault(file, List.of());
            try {
                List<Bitkey> next = keys(file);
                for (Bitkey key : next) {
                    key.requireNoOtherVendorIn(all, file);
                    // So no file takes a key that another one may keep.
                    key.requireNoOtherVendorIn(last, file);
                }
                keys = next;
            } catch (NoSuchFileException e) {
                // The file was deleted meanwhile, or it is a link to one that was. So its keys are revoked.
                continue;
            } catch (IOException e) {
                faults.add(unreadable(file, e));
            } catch (ConfigurationException e) {
                faults.add(e.getMessage());
            }
            present.put(file, keys);
            keys.forEach(key -> all.put(key.digest(), key));
        }
        files = present;
        last = all;
        return new Reading(all, faults);
    }

    /** Kubernetes keeps its own links and directories beside the files of a Secret. Their names begin with a dot. */
    private List<Path> entries() {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith(".") && !Files.isDirectory(entry))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ConfigurationException(unreadable(directory, e));
        }
    }

    private static String unreadable(Path path, IOException cause) {
        return "The bitkeys in %s cannot be read: %s.".formatted(path, cause);
    }

    private static List<Bitkey> keys(Path file) throws IOException {
        String vendor = Bitkey.vendorName(file.getFileName().toString()).replaceFirst(VARIABLE, "");
        return Stream.of(Files.readString(file).split("[\\s,]+"))
                .filter(key -> !key.isEmpty())
                .map(key -> Bitkey.of(vendor, "mounted", key, file))
                .toList();
    }
}
