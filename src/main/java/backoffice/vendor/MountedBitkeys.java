package backoffice.vendor;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The bitkeys in the files of a directory, such as a mounted Secret of Kubernetes (docs/api.md, section 2.3). A file that
 * cannot be read, is malformed, or takes a key of another vendor keeps its keys, and the others are read as usual.
 */
final class MountedBitkeys {

    /** {@code BACKOFFICE_BITKEYS_}, as {@link BitkeyRegistry#vendorName} spells it. */
    private static final String VARIABLE = "^backoffice-bitkeys-";

    private final Path directory;
    private volatile Map<Path, Bitkeys> files = Map.of();
    private volatile Bitkeys all = new Bitkeys();

    MountedBitkeys(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads the files, and returns the keys of all of them, with the faults of those that keep their keys. Blocks.
     *
     * @throws ConfigurationException when the directory cannot be read
     */
    Bitkeys read() {
        Bitkeys read = new Bitkeys();
        Map<Path, Bitkeys> present = new HashMap<>();
        for (Path file : entries()) {
            Bitkeys keys = files.getOrDefault(file, new Bitkeys());
            try {
                Bitkeys next = keys(file);
                // The last keys count too. So no file takes a key that another one may keep.
                if (next.clashWith(read) || next.clashWith(all)) {
                    throw new ConfigurationException(file + " has a bitkey of another vendor.");
                }
                keys = next;
            } catch (NoSuchFileException e) {
                // The file was deleted meanwhile, or it is a link to one that was. So its keys are revoked.
                continue;
            } catch (IOException e) {
                read.addFault(unreadable(file, e));
            } catch (ConfigurationException e) {
                read.addFault(e.getMessage());
            }
            present.put(file, keys);
            read.addAll(keys);
        }
        files = present;
        all = read;
        return read;
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

    private static Bitkeys keys(Path file) throws IOException {
        Bitkeys keys = new Bitkeys();
        String vendor = BitkeyRegistry.vendorName(file.getFileName().toString()).replaceFirst(VARIABLE, "");
        Stream.of(Files.readString(file).split("[\\s,]+"))
                .filter(key -> !key.isEmpty())
                .forEach(key -> keys.add(vendor, "mounted", key, file.toString()));
        return keys;
    }
}
