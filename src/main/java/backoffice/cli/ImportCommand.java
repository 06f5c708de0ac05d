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

/** {@code import}: groups and customers from elsewhere, into a vendor here. */
@Command(
        name = "import",
        sortOptions = false,
        description = {
            "Creates the groups and customers of another server, or of a file, that are not here yet.",
            "What is here already is left as it is, so a command that was stopped can be given again.",
            ""
        },
        footer = {
            "",
            "The key of another server is read from SOURCE_BITKEY, or asked for on a terminal.",
            "Database and vendors are the service's: QUARKUS_DATASOURCE_REACTIVE_URL, BACKOFFICE_BITKEYS_<VENDOR> and so on.",
            "Exit code: 0 all is here, 1 some was refused, 2 wrong usage, 3 it could not be read or written to its end."
        })
public class ImportCommand implements Callable<Integer> {

    private static final int SOME_REFUSED = 1;

    @Parameters(
            paramLabel = "SOURCE",
            description = "The address of a server that speaks this API (without a path: of its /bitanswer/api), "
                    + "a file that export wrote, or - for standard input.")
    String source;

    @Option(names = "--vendor", required = true, paramLabel = "NAME", description = "The vendor here.")
    String vendorName;

    @Option(names = "--dry-run", description = "Tells what would be done: each batch is tried and undone.")
    boolean rehearsal;

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
        return stop.during(this::read);
    }

    private int read() throws IOException {
        ProgressPrinter progress = ProgressPrinter.onStandardError();
        ImportTarget.Vendor vendor = target.vendor(bitkeys.vendor(vendorName), rehearsal, progress::line);
        ImportSource opened = open(progress);
        progress.line("Reading " + source + " for vendor " + vendor.name() + ".");
        ImportReport report = new ImportReport(progress);
        try {
            opened.read(new Importer(vendor, json, report, stop));
            return report.isComplete() ? 0 : SOME_REFUSED;
        } finally {
            progress.end();
            System.out.print(report.table(rehearsal));
        }
    }

    private ImportSource open(ProgressPrinter progress) throws IOException {
        if (source.matches("https?://.*")) {
            return remote.source(source, json, progress::line);
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
