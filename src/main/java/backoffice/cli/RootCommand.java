package backoffice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

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
            @Mixin ServerOptions options)
            throws IOException {
        Source from = options.source(source, "SOURCE_BITKEY");
        ApiClient to = options.client(target, "TARGET_BITKEY", 0);
        ImportReport report = new ImportReport(options.progress);
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
            @Mixin ServerOptions options)
            throws IOException {
        Source from = options.source(server, "SOURCE_BITKEY");
        GracefulStop.begin();
        if (file == null) {
            write(from, options.progress, Terminal.data());
        } else if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw options.wrong(file + " exists and is not a file.");
        } else {
            Path target = Files.exists(file) ? file.toRealPath() : file;
            Path part = target.resolveSibling(target.getFileName() + ".part");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                write(from, options.progress, out);
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
}
