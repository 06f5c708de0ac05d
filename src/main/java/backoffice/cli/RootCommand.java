package backoffice.cli;

import backoffice.http.Route;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
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

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** The exit code for a source that has the names of customers alone. */
    private static final int NAMES_ALONE = 4;

    private static final String HERE = "http://localhost:8080";
    private static final String TO = "The server to import into, the target.%nDefault: ${DEFAULT-VALUE}.";
    private static final String FROM = "The server to read, the source.%nDefault: ${DEFAULT-VALUE}.";
    private static final String SOURCE =
            "The URL of a server with this API, a file of the command export, or - for standard input.";
    private static final String KEYS = "The bitkeys come from the variables SOURCE_BITKEY and TARGET_BITKEY.";

    @Option(names = "--help", usageHelp = true, scope = ScopeType.INHERIT, description = "Shows this help and exits.")
    boolean help;

    @Option(names = "--version", versionHelp = true, description = "Shows the version and the commit, and exits.")
    boolean version;

    private final Report report = new Report(Terminal.err());

    @Command(
            name = "import",
            description = {
                "Moves in: creates groups and customers from another server or a file.",
                "Run it again to continue, or to move in what came since. It deletes nothing.",
                ""
            },
            footer = {
                "",
                KEYS,
                "Exit codes: 0 all is imported, 1 some items were refused, 2 wrong usage, 3 incomplete,",
                "4 the source has no list of customers."
            })
    int importItems(
            @Parameters(paramLabel = "SOURCE", description = SOURCE) String source,
            @Option(names = "--to", paramLabel = "URL", defaultValue = HERE, description = TO) String target,
            @Option(names = "--overwrite", description = "Replaces customers that differ from the source.")
                    boolean overwrite,
            @Option(names = "--dry-run", description = "Changes nothing, shows what it would do.") boolean dryRun)
            throws IOException {
        ApiClient to = client(target, "TARGET_BITKEY", Duration.ZERO);
        Importer importer = new Importer(to, overwrite, dryRun, report);
        boolean isWhole = true;
        try {
            if (source.matches("https?://.*")) {
                isWhole = server(source).read(importer);
            } else {
                InputStream file = source.equals("-") ? System.in : Files.newInputStream(Path.of(source));
                new JsonLinesSource(file, report).read(importer);
            }
            importer.finish();
            return !isWhole ? NAMES_ALONE : report.isComplete() ? 0 : 1;
        } finally {
            Terminal.out().append(report.toString()).flush();
        }
    }

    @Command(
            name = "export",
            description = {
                "Prints all groups and customers of a server as JSON lines, which import reads.",
                "It is no backup: keys, changes and stored responses are in the database alone.",
                ""
            },
            footer = {
                "",
                KEYS,
                "Exit codes: 0 all is printed, 2 wrong usage, 3 incomplete,",
                "4 the server has no list of customers."
            })
    int exportItems(
            @Option(names = "--from", paramLabel = "URL", defaultValue = HERE, description = FROM) String server) {
        OutputStream out = Terminal.data();
        boolean isWhole = server(server).read((kind, page) -> {
            try {
                for (JsonNode item : page.items()) {
                    out.write(Terminal.jsonLine(kind.line(item)));
                }
                out.flush();
            } catch (IOException e) {
                throw new CommandException(e.toString());
            }
            report.read(kind, page);
        });
        Terminal.err().append(report.toString()).flush();
        return isWhole ? 0 : NAMES_ALONE;
    }

    private ServerSource server(String address) {
        return new ServerSource(client(address, "SOURCE_BITKEY", PAUSE), report::print);
    }

    private ApiClient client(String address, String keyVariable, Duration pause) {
        String key = System.getenv(keyVariable);
        if (key == null || key.isBlank()) {
            throw new CommandException("Set " + keyVariable + " to the bitkey of " + address + ".");
        }
        return new ApiClient(base(address), key.strip(), pause, TIMEOUT, report::print);
    }

    private static URI base(String address) {
        try {
            URI uri = URI.create(address.replaceFirst("/+$", ""));
            if (uri.getHost() != null && address.matches("(?i)https?://[^?#@]+")) {
                return uri.getRawPath().isEmpty() ? uri.resolve(Route.BASE_PATH) : uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // The exception below says so.
        }
        throw new CommandException(address + " is not the address of a server.");
    }
}
