import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process of the packaged service. {@code BENCH_SERVICE} is the command that starts it. */
class Service implements AutoCloseable {

    static final int PORT = 18090;
    static final String URL = "http://localhost:" + PORT;
    private static final int MICROS_PER_TICK = 10_000;

    private final Process process;

    private Service(Process process) {
        this.process = process;
    }

    /** Starts the service with vendors whose names are their bitkeys, and waits until it listens. */
    static Service start(List<String> vendors) throws IOException, InterruptedException {
        return start(System.getenv("BENCH_SERVICE"), vendors);
    }

    /** The same with another command. */
    static Service start(String command, List<String> vendors) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command.split(" "))
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "bench.log").toFile());
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(PORT));
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", "0");
        builder.environment().put("QUARKUS_SHUTDOWN_DELAY", "0");
        vendors.forEach(vendor -> builder.environment().put("BACKOFFICE_BITKEYS_" + vendor.toUpperCase(), vendor));
        Service service = new Service(builder.start());
        while (!service.listens()) {
            Thread.sleep(100);
        }
        return service;
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("The service ended; see target/bench.log");
        }
        try (Socket socket = new Socket("localhost", PORT)) {
            return true;
        } catch (ConnectException notYet) {
            return false;
        }
    }

    /** The processor time of the process so far, in user and kernel mode, in microseconds. */
    long cpuMicros() throws IOException {
        String stat = Files.readString(proc("stat"));
        // The name of the command may contain spaces. It ends with the last parenthesis.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
    }

    /** A value of {@code /proc/PID/status}, in MiB. */
    static double mebibytes(Process process, String line) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                        .filter(l -> l.startsWith(line + ":"))
                        .mapToDouble(l -> Double.parseDouble(l.replaceAll("\\D", "")))
                        .sum()
                / 1024;
    }

    private Path proc(String file) {
        return Path.of("/proc", String.valueOf(process.pid()), file);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
