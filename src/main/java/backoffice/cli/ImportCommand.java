package backoffice.cli;

import backoffice.json.StrictJsonReader;
import backoffice.vendor.BitkeyRegistry;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code import}: creates the groups and customers of another server or of a file. See docs/adr/0023. */
@Command(
        name = "import",
        sortOptions = false,
        description = {
            "Creates groups and customers from another server or from a file.",
            "It does not change those that exist here already, so you can run a stopped import again to continue.",
            ""
        },
        footer = {
            "",
            "The command reads the key of the other server from SOURCE_BITKEY. On a terminal, it asks for the key.",
            "It uses the database and the vendors of the service, with the same variables:",
            "QUARKUS_DATASOURCE_REACTIVE_URL, BACKOFFICE_BITKEYS_<VENDOR> etc.",
            "Exit codes: 0 everything is imported, 1 some items were refused, 2 wrong usage, 3 it is incomplete."
        })
public class ImportCommand implements Callable<Integer> {

    private static final int SOME_REFUSED = 1;

    @Parameters(
            paramLabel = "SOURCE",
            description = "The URL of a server with this API (without a path, /bitanswer/api is added), "
                    + "a file of the command export, or - for standard input.")
    String source;

    @Option(names = "--vendor", required = true, paramLabel = "NAME", description = "The vendor to import into.")
    String vendorName;

    @Option(names = "--dry-run", description = "Changes nothing: each batch is tried and rolled back.")
    boolean dryRun;

    @Mixin
    RemoteOptions remote;

    @Spec
    CommandSpec spec;

    @Inject
    ImportTarget target;

    @Inject
    BitkeyRegistry bitkeys;

    @Inject
    StrictJsonReader json;

    @Inject
    GracefulStop stop;

    @Override
    public Integer call() throws Exception {
        return stop.run(this::runImport);
    }

    private int runImport() throws IOException {
        ProgressPrinter progress = ProgressPrinter.onStandardError();
        ImportTarget.OfVendor vendor =
                target.vendor(bitkeys.requireVendorWithKey(vendorName), dryRun, progress::printLine);
        ImportSource importSource = open(progress);
        progress.printLine("Reading " + source + " for vendor " + vendor.name() + ".");
        ImportReport report = new ImportReport(progress);
        try {
            importSource.read(new Importer(vendor, json, report, stop));
            return report.isComplete() ? 0 : SOME_REFUSED;
        } finally {
            progress.end();
            System.out.print(report.table(dryRun));
        }
    }

    private ImportSource open(ProgressPrinter progress) throws IOException {
        if (source.matches("https?://.*")) {
            return remote.source(source, json, progress::printLine);
        }
        if (source.equals("-")) {
            return new JsonLinesSource(System.in, 0, json);
        }
        Path file = Path.of(source);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ParameterException(
                    spec.commandLine(), source + " is neither an http address nor a file that can be read.");
        }
        return new JsonLinesSource(Files.newInputStream(file), Files.size(file), json);
    }
}
