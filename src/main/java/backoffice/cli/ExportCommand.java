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

/** {@code export}: all that a vendor has here, as JSON lines. */
@Command(
        name = "export",
        sortOptions = false,
        description = {
            "Writes all groups and customers of a vendor, as of one moment, as JSON lines that import reads.",
            ""
        },
        footer = {
            "",
            "Database and vendors are the service's: QUARKUS_DATASOURCE_REACTIVE_URL, BACKOFFICE_BITKEYS_<VENDOR> and so on.",
            "Exit code: 0 all is written, 2 wrong usage, 3 it could not be read or written to its end."
        })
public class ExportCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Where to; it is there when it is complete. Default: standard output.")
    Path file;

    @Option(names = "--vendor", required = true, paramLabel = "NAME", description = "The vendor here.")
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
        return stop.during(this::write);
    }

    private int write() throws IOException {
        String vendor = bitkeys.vendor(vendorName);
        if (file == null) {
            write(vendor, new FileOutputStream(FileDescriptor.out));
        } else if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new ParameterException(spec.commandLine(), file + " is there, and is no file.");
        } else {
            Path whole = Files.exists(file) ? file.toRealPath() : file;
            Path part = whole.resolveSibling(whole.getFileName() + ".part");
            try (OutputStream out = Files.newOutputStream(part)) {
                write(vendor, out);
            }
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
        }
        return 0;
    }

    private void write(String vendor, OutputStream out) {
        ProgressPrinter progress = ProgressPrinter.onStandardError();
        try (ExportSnapshot snapshot = new ExportSnapshot(pool, vendor)) {
            progress.line(new Exporter(json, progress, stop).write(snapshot, out));
        } finally {
            progress.end();
        }
    }
}
