package backoffice.vendor;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bitkeys in the files of a directory, such as a Secret of Kubernetes that is mounted as a volume (docs/api.md,
 * section 2.3). The name of a file is the vendor, or the environment variable of the vendor, so that a Secret of
 * environment variables can become a volume as it is. The file has the keys of the vendor, in the form of the
 * configuration, with blanks, line ends or commas between them.
 */
final class MountedBitkeys {

    /** The name of these keys in logs and traces. */
    private static final String NAME = "mounted";

    /** {@code BACKOFFICE_BITKEYS_}, as {@link BitkeyRegistry#vendorName} spells it. */
    private static final String VARIABLE = "^backoffice-bitkeys-";

    private MountedBitkeys() {}

    /**
     * Reads the files. Blocks.
     *
     * @throws ConfigurationException when the files cannot be read, or have a key that is malformed or of two vendors
     */
    static Bitkeys read(Path directory) {
        Bitkeys bitkeys = new Bitkeys();
        try {
            for (Path file : files(directory)) {
                String vendor =
                        BitkeyRegistry.vendorName(file.getFileName().toString()).replaceFirst(VARIABLE, "");
                Stream.of(Files.readString(file).split("[\\s,]+"))
                        .filter(key -> !key.isEmpty())
                        .forEach(key -> bitkeys.add(vendor, NAME, key, file.toString()));
            }
        } catch (IOException e) {
            throw new ConfigurationException("The bitkeys in %s cannot be read: %s".formatted(directory, e), e);
        }
        return bitkeys;
    }

    /** Kubernetes keeps its own links and directories beside the files of a Secret. Their names begin with a dot. */
    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }
}
