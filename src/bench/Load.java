import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts load on the service with wrk, and on PostgreSQL alone with pgbench. */
class Load {

    private static final double MILLIS = 1e3;
    private static final Pattern RESULT = Pattern.compile("result (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");
    private static final Pattern TPS = Pattern.compile("tps = ([\\d.]+)");
    private static final Pattern FAILED = Pattern.compile("number of failed transactions: ([1-9].*)");

    /**
     * The result of a load on the service.
     *
     * @param perSecond requests per second
     * @param errors answers other than 200, and failed connections
     * @param cpuMicros processor time of the service for each request in microseconds
     */
    record Result(double perSecond, double p50Millis, double p99Millis, long errors, double cpuMicros) {}

    private final Service service;

    Load(Service service) {
        this.service = service;
    }

    /** Sends calls over the connections without pauses. */
    Result onService(Workload workload, Vendor vendor, int connections, int seconds) throws Exception {
        return onService(workload, vendor, connections, seconds, 0);
    }

    /** Sends calls with pauses, so that at most half of the requests of {@code peak} are sent. */
    Result atHalf(Result peak, Workload workload, Vendor vendor, int connections, int seconds) throws Exception {
        return onService(
                workload, vendor, connections, seconds, Math.round(2 * connections / peak.perSecond() * MILLIS));
    }

    private Result onService(Workload workload, Vendor vendor, int connections, int seconds, long pauseMillis)
            throws Exception {
        String threads = workload.alternates() ? "" + connections : "1";
        List<String> command =
                new ArrayList<>(List.of("wrk", "-t" + threads, "-c" + connections, "-d" + seconds + "s"));
        command.addAll(List.of("--timeout=10s", "--script=src/bench/calls.lua", Service.URL, "--", workload.script()));
        command.addAll(workload.variables(vendor));
        command.add("pause=" + pauseMillis);
        long before = service.cpuMicros();
        Matcher result = match(RESULT, Shell.run(command));
        long cpu = service.cpuMicros() - before;
        tidyAfter(workload, vendor);
        double requests = Double.parseDouble(result.group(1));
        return new Result(
                requests / Long.parseLong(result.group(2)) * 1e6,
                Long.parseLong(result.group(3)) / 1e3,
                Long.parseLong(result.group(4)) / 1e3,
                Long.parseLong(result.group(5)),
                cpu / requests);
    }

    /** Returns how many transactions with the statements of a call PostgreSQL alone runs in a second. */
    static double onDatabase(Workload workload, Vendor vendor, int connections, int seconds) throws Exception {
        List<String> command = new ArrayList<>(List.of("pgbench", "--no-vacuum", "--protocol=prepared"));
        command.addAll(List.of("--client=" + connections, "--jobs=" + Math.min(connections, 2), "--time=" + seconds));
        command.addAll(List.of("--file=src/bench/sql/" + workload.script() + ".sql", "--define=n=0"));
        workload.variables(vendor).forEach(variable -> command.add("--define=" + variable));
        String output = Shell.run(command);
        tidyAfter(workload, vendor);
        if (FAILED.matcher(output).find()) {
            throw new IllegalStateException(output);
        }
        return Double.parseDouble(match(TPS, output).group(1));
    }

    private static void tidyAfter(Workload workload, Vendor vendor) throws IOException, InterruptedException {
        if (workload.leavesRows()) {
            vendor.tidy();
        }
    }

    private static Matcher match(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException(output);
        }
        return matcher;
    }
}
