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

/** The options of a command that reads from another server. */
class RemoteOptions {

    private static final String KEY_VARIABLE = "SOURCE_BITKEY";
    private static final String DEFAULT_PATH = "/bitanswer/api";
    private static final int MAX_SECONDS = 3600;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    private int requestsPerSecond;
    private int pageSize;
    private int timeout;

    @Option(
            names = "--requests-per-second",
            paramLabel = "N",
            defaultValue = "10",
            description = "The most requests a second to the server. Default: ${DEFAULT-VALUE}.")
    void requestsPerSecond(int n) {
        requestsPerSecond = within(1, 1000, n, "--requests-per-second");
    }

    @Option(
            names = "--page-size",
            paramLabel = "N",
            defaultValue = "1000",
            description = "The number of items in a request, 2 to 1000. Default: ${DEFAULT-VALUE}.")
    void pageSize(int n) {
        pageSize = within(2, ImportSink.MAX_BATCH_SIZE, n, "--page-size");
    }

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long a response of the server may take. Default: ${DEFAULT-VALUE}.")
    void timeout(int n) {
        timeout = within(1, MAX_SECONDS, n, "--timeout");
    }

    private int within(int min, int max, int n, String option) {
        if (n < min || n > max) {
            throw new ParameterException(
                    spec.commandLine(), "%s is %d; accepted: %d to %d.".formatted(option, n, min, max));
        }
        return n;
    }

    /**
     * Returns the server at an address as a source. Its key comes from the environment, or the user types it.
     *
     * @param notices takes a sentence for each failure that is retried
     * @throws ParameterException when the address is not a URL of a server, or there is no key
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
                return uri.getRawPath().isEmpty() ? uri.resolve(DEFAULT_PATH) : uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // The exception below says so.
        }
        throw new ParameterException(spec.commandLine(), address + " is not the address of a server.");
    }

    private String bitkey() {
        String key = System.getenv(KEY_VARIABLE);
        Console console = System.console();
        if (key == null && console != null) {
            char[] typed = console.readPassword("bitkey of the source: ");
            key = typed == null ? null : new String(typed);
        }
        if (key == null || key.isBlank()) {
            throw new ParameterException(spec.commandLine(), "Set " + KEY_VARIABLE + " to the key of the source.");
        }
        return key.strip();
    }
}
