package backoffice.cli;

import backoffice.http.Route;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line. Its methods are the commands that are clients of the API. See docs/adr/0023. */
@Command(
        name = "customer-groups",
        synopsisSubcommandLabel = "[COMMAND]",
        description = "Without a command, the application serves the API until it is stopped.",
        subcommands = {KeysCommand.class, SchemaCommand.class})
class RootCommand {

    private static final int NOT_ALL = 1;
    private static final String HERE = "http://localhost:8080";
    private static final String DEFAULT = "%nDefault: " + HERE + ".";
    private static final String TO = "The server to import into, the target." + DEFAULT;
    private static final String FROM = "The server to read, the source." + DEFAULT;
    private static final String SOURCE =
            "The URL of a server with this API, a file of the command export, or - for standard input.";
    private static final String FILE = "The file to write. It appears when complete. Default: standard output.";
    private static final String KEYS = "The bitkeys come from the variables SOURCE_BITKEY and TARGET_BITKEY.";

    @Option(names = "--help", usageHelp = true, scope = ScopeType.INHERIT, description = "Shows this help and exits.")
    boolean help;

    @Option(names = "--version", versionHelp = true, description = "Shows the version and the commit, and exits.")
    boolean version;

    @Command(
            name = "import",
            sortOptions = false,
            description = {
                "Moves in: creates groups and customers from another server or a file.",
                "Run it again to continue, or to move in what came since. It deletes nothing.",
                ""
            },
            footer = {"", KEYS, "Exit codes: 0 all is imported, 1 some items were refused, 2 wrong usage, 3 incomplete."
            })
    int importItems(
            @Parameters(paramLabel = "SOURCE", description = SOURCE) String source,
            @Option(names = "--to", paramLabel = "URL", defaultValue = HERE, description = TO) String target,
            @Option(names = "--overwrite", description = "Replaces customers that differ from the source.")
                    boolean overwrite,
            @Option(names = "--dry-run", description = "Changes nothing, shows what it would do.") boolean dryRun,
            @Mixin Servers servers)
            throws IOException {
        Source from = servers.source(source);
        ApiClient to = servers.client(target, "TARGET_BITKEY", Duration.ZERO);
        ImportReport report = new ImportReport(servers.progress);
        GracefulStop.begin();
        try {
            from.read(new Importer(to, overwrite, dryRun, report));
            return report.isComplete() ? 0 : NOT_ALL;
        } finally {
            PrintWriter out = Terminal.out();
            out.print(report.table(dryRun));
            out.flush();
        }
    }

    @Command(
            name = "export",
            sortOptions = false,
            description = {
                "Writes all groups and customers of a server as JSON lines, which import reads.",
                "It is no backup: keys, changes and stored responses are in the database alone.",
                ""
            },
            footer = {"", KEYS, "Exit codes: 0 all is written, 2 wrong usage, 3 incomplete."})
    int exportItems(
            @Parameters(arity = "0..1", paramLabel = "FILE", description = FILE) Path file,
            @Option(names = "--from", paramLabel = "URL", defaultValue = HERE, description = FROM) String server,
            @Mixin Servers servers)
            throws IOException {
        Source from = servers.source(server);
        GracefulStop.begin();
        if (file == null) {
            write(from, servers.progress, Terminal.data());
        } else if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw servers.wrong(file + " exists and is not a file.");
        } else {
            Path target = Files.exists(file) ? file.toRealPath() : file;
            Path part = target.resolveSibling(target.getFileName() + ".part");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                write(from, servers.progress, out);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return 0;
    }

    private static void write(Source from, ProgressPrinter progress, OutputStream out) {
        long[] written = new long[ItemKind.values().length];
        from.read((kind, items, total) -> {
            GracefulStop.sleep(0);
            try {
                for (JsonNode item : items) {
                    JsonNode line = JsonNodeFactory.instance.objectNode().set(kind.singular(), kind.ordered(item));
                    out.write(Terminal.jsonLine(line.toString()));
                }
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            written[kind.ordinal()] += items.size();
            progress.update(kind.plural(), written[kind.ordinal()], total);
        });
        progress.printLine("%,d groups and %,d customers written.".formatted(written[0], written[1]));
    }

    /** The servers and files of a command, with the options for those that are read. */
    static class Servers {

        private static final Duration TIMEOUT = Duration.ofMinutes(2);

        /** Prints to the standard error, because commands write their output to the standard output. */
        private final ProgressPrinter progress = new ProgressPrinter(Terminal.err(), Duration.ofSeconds(5));

        @Spec(Spec.Target.MIXEE)
        CommandSpec spec;

        @Option(
                names = "--requests-per-second",
                paramLabel = "N",
                defaultValue = "10",
                description = "The most requests a second to a server that is read. Default: ${DEFAULT-VALUE}.")
        int requestsPerSecond;

        @Option(
                names = "--page-size",
                paramLabel = "N",
                defaultValue = "1000",
                description = "The number of items in such a request, 2 to 1000. Default: ${DEFAULT-VALUE}.")
        int pageSize;

        private Source source(String address) throws IOException {
            requireWithin(2, ItemKind.MAX_BATCH_SIZE, pageSize, "--page-size");
            requireWithin(1, 1000, requestsPerSecond, "--requests-per-second");
            if (address.matches("https?://.*")) {
                Duration interval = Duration.ofSeconds(1).dividedBy(requestsPerSecond);
                return new ServerSource(client(address, "SOURCE_BITKEY", interval), pageSize, progress::printLine);
            }
            if (address.equals("-")) {
                return new JsonLinesSource(System.in);
            }
            Path file = Path.of(address);
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw wrong(address + " is neither an http address nor a file that can be read.");
            }
            return new JsonLinesSource(Files.newInputStream(file));
        }

        private ApiClient client(String address, String keyVariable, Duration interval) {
            String key = System.getenv(keyVariable);
            if (key == null || key.isBlank()) {
                throw wrong("Set " + keyVariable + " to the bitkey of " + address + ".");
            }
            return new ApiClient(base(address), key.strip(), interval, TIMEOUT, progress::printLine);
        }

        private URI base(String address) {
            try {
                URI uri = URI.create(address.replaceFirst("/+$", ""));
                if (uri.getHost() != null && !address.matches(".*[?#@].*")) {
                    return uri.getRawPath().isEmpty() ? uri.resolve(Route.BASE_PATH) : uri;
                }
            } catch (IllegalArgumentException notAUri) {
                // The exception below says so.
            }
            throw wrong(address + " is not the address of a server.");
        }

        private void requireWithin(int min, int max, int n, String option) {
            if (n < min || n > max) {
                throw wrong("%s is %d; accepted: %d to %d.".formatted(option, n, min, max));
            }
        }

        private ParameterException wrong(String message) {
            return new ParameterException(spec.commandLine(), message);
        }
    }
}
