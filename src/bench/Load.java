import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts load on a server with wrk. */
class Load {

    private static final Pattern RESULT = Pattern.compile("result (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

    /**
     * The result of a load.
     *
     * @param perSecond requests per second
     * @param errors answers other than 200, and failed connections
     * @param cpuMicros processor time of the server for each request in microseconds
     */
    record Result(double perSecond, double p50Millis, double p99Millis, long errors, double cpuMicros) {}

    private final Service service;

    Load(Service service) {
        this.service = service;
    }

    /** Sends calls over the connections. Each sends its next call when it has the answer to the one before. */
    Result onService(Workload workload, Vendor vendor, int connections, int seconds) throws Exception {
        String threads = workload.alternates() ? "" + connections : "1";
        List<String> command =
                new ArrayList<>(List.of("wrk", "-t" + threads, "-c" + connections, "-d" + seconds + "s"));
        command.addAll(List.of("--timeout=10s", "--script=src/bench/calls.lua", Service.URL, "--", workload.script()));
        command.addAll(workload.variables(vendor));
        long before = service.cpuMicros();
        String output = Shell.run(command);
        long cpu = service.cpuMicros() - before;
        if (workload.leavesRows()) {
            vendor.tidy();
        }
        Matcher result = RESULT.matcher(output);
        if (!result.find()) {
            throw new IllegalStateException(output);
        }
        double requests = Double.parseDouble(result.group(1));
        return new Result(
                requests / Long.parseLong(result.group(2)) * 1e6,
                Long.parseLong(result.group(3)) / 1e3,
                Long.parseLong(result.group(4)) / 1e3,
                Long.parseLong(result.group(5)),
                cpu / requests);
    }
}
