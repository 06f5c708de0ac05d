package backoffice.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a command that calls servers. */
class ServerOptions {

    private static final String DEFAULT_PATH = "/bitanswer/api";
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** Prints to the standard error, because commands write their output to the standard output. */
    final ProgressPrinter progress = new ProgressPrinter(Terminal.err(), Duration.ofSeconds(5));

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @Option(
            names = "--requests-per-second",
            paramLabel = "N",
            defaultValue = "10",
            description = "The most requests a second to a server that is read. Default: ${DEFAULT-VALUE}.")
    int requestsPerSecond;

    @Option(
            names = "--page-size",
            paramLabel = "N",
            defaultValue = "1000",
            description = "The number of items in such a request, 2 to 1000. Default: ${DEFAULT-VALUE}.")
    int pageSize;

    /** Opens a server, whose key is in a variable of the environment, a file, or the standard input. */
    Source source(String address, String keyVariable) throws IOException {
        requireWithin(2, ItemKind.MAX_BATCH_SIZE, pageSize, "--page-size");
        requireWithin(1, 1000, requestsPerSecond, "--requests-per-second");
        if (address.matches("https?://.*")) {
            return new ServerSource(client(address, keyVariable, requestsPerSecond), pageSize, progress::printLine);
        }
        if (address.equals("-")) {
            return new JsonLinesSource(System.in);
        }
        Path file = Path.of(address);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw wrong(address + " is neither an http address nor a file that can be read.");
        }
        return new JsonLinesSource(Files.newInputStream(file));
    }

    /** @param maxRate the most requests a second; 0 for any number */
    ApiClient client(String address, String keyVariable, int maxRate) {
        Duration interval = maxRate == 0 ? Duration.ZERO : Duration.ofSeconds(1).dividedBy(maxRate);
        String key = bitkey(address, keyVariable);
        return new ApiClient(base(address), key, interval, TIMEOUT, progress::printLine);
    }

    ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void requireWithin(int min, int max, int n, String option) {
        if (n < min || n > max) {
            throw wrong("%s is %d; accepted: %d to %d.".formatted(option, n, min, max));
        }
    }

    private URI base(String address) {
        try {
            URI uri = URI.create(address.replaceFirst("/+$", ""));
            if (uri.getHost() != null && !address.matches(".*[?#@].*")) {
                return uri.getRawPath().isEmpty() ? uri.resolve(DEFAULT_PATH) : uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // The exception below says so.
        }
        throw wrong(address + " is not the address of a server.");
    }

    private String bitkey(String address, String variable) {
        String key = System.getenv(variable);
        if (key == null || key.isBlank()) {
            throw wrong("Set " + variable + " to the bitkey of " + address + ".");
        }
        return key.strip();
    }
}
