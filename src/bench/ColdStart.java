import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures the time from the start of a process to its first answer, and its memory: one second after that answer, and
 * after 20,000 requests. In each round, the variants are measured one after the other. The table shows medians.
 *
 * <p>Usage: {@code ColdStart ROUNDS 'NAME|FILES|COMMAND'...}. FILES are separated by commas. The table shows their
 * size. COMMAND starts the service. The variables of a PostgreSQL with the schema must be set.
 */
class ColdStart {

    private static final int PORT = 18080;
    private static final String BITKEY = "cold-start";
    private static final int REQUESTS = 20_000;
    private static final int CLIENTS = 16;
    private static final URI URL = URI.create("http://localhost:" + PORT + "/bitanswer/api/customer_groups");

    /** A way to package the service. */
    record Variant(String name, List<Path> files, List<String> command) {

        static Variant of(String argument) {
            String[] parts = argument.split("\\|");
            return new Variant(
                    parts[0], Stream.of(parts[1].split(",")).map(Path::of).toList(), List.of(parts[2].split(" ")));
        }
    }

    /**
     * The result of one start; memory is in MiB.
     *
     * @param idle resident memory one second after the first answer
     * @param idlePrivate the part of it that is not backed by a file
     * @param afterLoad resident memory after the requests
     */
    record Run(double firstAnswerMillis, double idle, double idlePrivate, double afterLoad) {}

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        List<Variant> variants =
                Arrays.stream(arguments).skip(1).map(Variant::of).toList();
        Map<Variant, List<Run>> runs = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Variant variant : variants) {
                runs.computeIfAbsent(variant, v -> new ArrayList<>()).add(run(variant));
            }
        }
        System.out.println(
                "| | first answer | idle | of that, its own | after load | on disk |\n|---|---|---|---|---|---|");
        runs.forEach((variant, of) -> System.out.printf(
                "| %s | %.0f ms (%.0f…%.0f) | %.0f MiB | %.0f MiB | %.0f MiB | %.0f MiB |%n",
                variant.name(),
                Median.of(of, Run::firstAnswerMillis),
                of.stream().mapToDouble(Run::firstAnswerMillis).min().getAsDouble(),
                of.stream().mapToDouble(Run::firstAnswerMillis).max().getAsDouble(),
                Median.of(of, Run::idle),
                Median.of(of, Run::idlePrivate),
                Median.of(of, Run::afterLoad),
                size(variant.files())));
    }

    private static Run run(Variant variant) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(variant.command())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "cold-start.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_HTTP_PORT",
                        String.valueOf(PORT),
                        "QUARKUS_MANAGEMENT_PORT",
                        "0",
                        "BACKOFFICE_BITKEYS_BENCH",
                        BITKEY,
                        "QUARKUS_SHUTDOWN_DELAY",
                        "0"));
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            awaitFirstAnswer(process);
            double firstAnswer = (System.nanoTime() - start) / 1e6;
            Thread.sleep(1000);
            double idle = Service.mebibytes(process, "VmRSS");
            double idlePrivate = Service.mebibytes(process, "RssAnon");
            load();
            return new Run(firstAnswer, idle, idlePrivate, Service.mebibytes(process, "VmRSS"));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static void awaitFirstAnswer(Process process) throws Exception {
        byte[] request = ("GET " + URL.getPath() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nbitkey: "
                        + BITKEY + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        while (process.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
                socket.getOutputStream().write(request);
                InputStream answer = socket.getInputStream();
                String status = new String(answer.readNBytes(12), StandardCharsets.US_ASCII);
                if (!status.equals("HTTP/1.1 200")) {
                    throw new IllegalStateException("The first answer is " + status);
                }
                answer.readAllBytes();
                return;
            } catch (java.net.ConnectException notYet) {
                Thread.sleep(1);
            }
        }
        throw new IllegalStateException("The process ended; see target/cold-start.log");
    }

    private static void load() throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(URL).header("bitkey", BITKEY).build();
        List<Thread> clients = Stream.generate(() -> new Thread(() -> {
                    for (int i = 0; i < REQUESTS / CLIENTS; i++) {
                        try {
                            client.send(request, BodyHandlers.discarding());
                        } catch (IOException | InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }))
                .limit(CLIENTS)
                .toList();
        clients.forEach(Thread::start);
        for (Thread thread : clients) {
            thread.join();
        }
    }

    /** The size of the files in MiB. */
    private static double size(List<Path> files) {
        return files.stream()
                        .flatMap(file -> {
                            try {
                                return Files.walk(file);
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                        .filter(Files::isRegularFile)
                        .mapToLong(file -> file.toFile().length())
                        .sum()
                / 1048576.0;
    }
}
