package backoffice.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A memory cgroup of Linux, of version 1 or 2. It limits the processes in it as a container limits those of an image. */
public record MemoryCgroup(Version version, Path folder) implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private static final List<Version> VERSIONS = List.of(
            new Version(
                    ROOT.resolve("memory"),
                    "memory.limit_in_bytes",
                    "memory.memsw.limit_in_bytes",
                    true,
                    "memory.max_usage_in_bytes"),
            new Version(ROOT, "memory.max", "memory.swap.max", false, "memory.peak"));

    /** The names of its files in a version of cgroups, and whether the limit of the swap includes that of the memory. */
    record Version(Path root, String limit, String swapLimit, boolean isSum, String peak) {}

    /** Empty where this user cannot make one, such as in most containers. */
    public static Optional<MemoryCgroup> create(long bytes) {
        return VERSIONS.stream()
                .flatMap(version -> create(version, bytes).stream())
                .findFirst();
    }

    private static Optional<MemoryCgroup> create(Version version, long bytes) {
        Path folder = version.root.resolve(
                "customer-groups-" + ProcessHandle.current().pid());
        MemoryCgroup cgroup = new MemoryCgroup(version, folder);
        try {
            Files.createDirectory(folder);
            if (Files.exists(folder.resolve(version.peak))) {
                Files.writeString(folder.resolve(version.limit), String.valueOf(bytes));
                if (Files.exists(folder.resolve(version.swapLimit))) {
                    Files.writeString(folder.resolve(version.swapLimit), String.valueOf(version.isSum ? bytes : 0));
                }
                return Optional.of(cgroup);
            }
        } catch (IOException notAllowed) {
            // Another version, or none, is there.
        }
        cgroup.close();
        return Optional.empty();
    }

    /** The command line that executes a command line in this cgroup. */
    public List<String> line(List<String> command) {
        String procs = folder.resolve("cgroup.procs").toString();
        return Stream.concat(Stream.of("sh", "-c", "echo $$ > \"$0\" && exec \"$@\"", procs), command.stream())
                .toList();
    }

    /** The most bytes that its processes had at the same time. */
    public long peak() throws IOException {
        return Long.parseLong(Files.readString(folder.resolve(version.peak)).strip());
    }

    /** Removes it. Its processes have ended. */
    @Override
    public void close() {
        folder.toFile().delete();
    }
}
