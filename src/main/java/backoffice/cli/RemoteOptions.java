package backoffice.cli;

import backoffice.json.StrictJsonReader;
import java.io.Console;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How another server is asked. */
class RemoteOptions {

    private static final String KEY = "SOURCE_BITKEY";
    private static final String USUAL_PATH = "/bitanswer/api";
    private static final int MOST_SECONDS = 3600;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    private int requestsPerSecond;
    private int pageSize;
    private int timeout;

    @Option(
            names = "--requests-per-second",
            paramLabel = "N",
            defaultValue = "10",
            description = "How often a server is asked at the most. Default: ${DEFAULT-VALUE}.")
    void requestsPerSecond(int n) {
        requestsPerSecond = within(1, 1000, n, "--requests-per-second");
    }

    @Option(
            names = "--page-size",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many items a server is asked for at once, 2 to 1000. Default: ${DEFAULT-VALUE}.")
    void pageSize(int n) {
        pageSize = within(2, ImportSink.MOST_ITEMS, n, "--page-size");
    }

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long an answer of a server may take. Default: ${DEFAULT-VALUE}.")
    void timeout(int n) {
        timeout = within(1, MOST_SECONDS, n, "--timeout");
    }

    private int within(int least, int most, int n, String option) {
        if (n < least || n > most) {
            throw new ParameterException(
                    spec.commandLine(), "%s is %d; accepted: %d to %d.".formatted(option, n, least, most));
        }
        return n;
    }

    /**
     * The server at an address, asked with the key that the environment has or that somebody types.
     *
     * @param notices hears of failures that are tried again
     * @throws ParameterException when the address is none, or there is no key
     */
    RemoteSource source(String address, StrictJsonReader json, Consumer<String> notices) {
        RemoteLimits limits = new RemoteLimits(
                pageSize, Duration.ofSeconds(1).dividedBy(requestsPerSecond), Duration.ofSeconds(timeout));
        return new RemoteSource(new RemoteApiClient(base(address), bitkey(), limits, json, notices), pageSize);
    }

    private URI base(String address) {
        try {
            URI uri = URI.create(address.replaceFirst("/+$", ""));
            if (uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null) {
                return uri.getRawPath().isEmpty() ? uri.resolve(USUAL_PATH) : uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // Told below.
        }
        throw new ParameterException(spec.commandLine(), address + " is not the address of a server.");
    }

    private String bitkey() {
        String key = System.getenv(KEY);
        Console console = System.console();
        if (key == null && console != null) {
            char[] typed = console.readPassword("bitkey of the source: ");
            key = typed == null ? null : new String(typed);
        }
        if (key == null || key.isBlank()) {
            throw new ParameterException(spec.commandLine(), "Set " + KEY + " to the key of the source.");
        }
        return key.strip();
    }
}
