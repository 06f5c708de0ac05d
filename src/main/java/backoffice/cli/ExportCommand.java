package backoffice.cli;

import backoffice.vendor.BitkeyRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code export}: writes all groups and customers of a vendor as JSON lines. See docs/adr/0024. */
@Command(
        name = "export",
        sortOptions = false,
        description = {
            "Writes all groups and customers of a vendor as JSON lines, which the command import reads.",
            "The data is of one moment: changes during the export are not in it.",
            ""
        },
        footer = {
            "",
            "The command uses the database and the vendors of the service, with the same variables:",
            "QUARKUS_DATASOURCE_REACTIVE_URL, BACKOFFICE_BITKEYS_<VENDOR> etc.",
            "Exit codes: 0 everything is written, 2 wrong usage, 3 the export could not be completed."
        })
public class ExportCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The file to write. It appears when it is complete. Default: standard output.")
    Path file;

    @Option(names = "--vendor", required = true, paramLabel = "NAME", description = "The vendor to export.")
    String vendorName;

    @Spec
    CommandSpec spec;

    @Inject
    BitkeyRegistry bitkeys;

    @Inject
    Pool pool;

    @Inject
    ObjectMapper json;

    @Inject
    GracefulStop stop;

    @Override
    public Integer call() throws Exception {
        return stop.run(this::write);
    }

    private int write() throws IOException {
        String vendor = bitkeys.requireVendorWithKey(vendorName);
        if (file == null) {
            write(vendor, new FileOutputStream(FileDescriptor.out));
        } else if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new ParameterException(spec.commandLine(), file + " exists and is not a file.");
        } else {
            Path target = Files.exists(file) ? file.toRealPath() : file;
            Path part = target.resolveSibling(target.getFileName() + ".part");
            try (OutputStream out = Files.newOutputStream(part)) {
                write(vendor, out);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return 0;
    }

    private void write(String vendor, OutputStream out) {
        ProgressPrinter progress = ProgressPrinter.onStandardError();
        try (ExportSnapshot snapshot = new ExportSnapshot(pool, vendor)) {
            progress.printLine(new Exporter(json, progress, stop).write(snapshot, out));
        } finally {
            progress.end();
        }
    }
}
