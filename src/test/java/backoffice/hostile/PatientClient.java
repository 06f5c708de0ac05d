package backoffice.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import backoffice.testsupport.Api;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A client that opens a connection for each request, takes its time with it, and expects HTTP 200 and a whole answer. */
final class PatientClient {

    private static final int TIMEOUT_MILLIS = 5000;
    private static final int TICK_MILLIS = 50;
    private static final int FAST = 1 << 20;

    /** The reasons of the requests that failed. Read them after {@link #stop}. */
    final List<String> failures = new ArrayList<>();

    /** The number of answers. Read it after {@link #stop}. */
    int answers;

    private final int port;
    private final String request;
    private final int sentInTick;
    private final int readInTick;
    private final Thread thread = new Thread(this::sendUntilStopped);
    private volatile boolean stopped;

    private PatientClient(int port, String request, int sentInTick, int readInTick) {
        this.port = port;
        this.request = request;
        this.sentInTick = sentInTick;
        this.readInTick = readInTick;
        thread.start();
    }

    /** Asks the management port whether the service is alive. */
    static PatientClient probing(int managementPort) {
        return new PatientClient(managementPort, head("GET /q/health/live", "none") + "\r\n", FAST, FAST);
    }

    /** Makes a light call, 50 ms after it has opened a connection. */
    static PatientClient calling(int port, String bitkey) {
        return new PatientClient(port, head("GET " + Api.BASE_PATH + "/customers", bitkey) + "\r\n", FAST, FAST);
    }

    /** Reads an answer of 8 MB at 1.5 MB/s. */
    static PatientClient downloading(int port, String bitkey) {
        String call = head("GET " + Api.BASE_PATH + "/customers?limit=700", bitkey) + "\r\n";
        return new PatientClient(port, call, FAST, 75_000);
    }

    /** Sends a body of 800 kB at 200 kB/s. */
    static PatientClient uploading(int port, String bitkey) {
        String body = "{\"name\":\"uploaded\"}" + " ".repeat(800_000);
        String head = head("POST " + Api.BASE_PATH + "/customer_groups", bitkey);
        return new PatientClient(port, head + "Content-Length: " + body.length() + "\r\n\r\n" + body, 10_000, FAST);
    }

    private static String head(String requestLine, String bitkey) {
        return requestLine + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nbitkey: " + bitkey + "\r\n";
    }

    private void sendUntilStopped() {
        while (!stopped) {
            long start = System.nanoTime();
            try {
                String answer = send();
                int headEnd = answer.indexOf("\r\n\r\n");
                if (answer.startsWith("HTTP/1.1 200 ") && answer.length() == headEnd + 4 + length(answer)) {
                    answers++;
                } else {
                    failures.add(answer.length() + " bytes: " + answer.substring(0, Math.max(0, headEnd)));
                }
            } catch (IOException e) {
                failures.add(e + " after " + (System.nanoTime() - start) / 1_000_000 + " ms");
            } catch (InterruptedException e) {
                stopped = true;
            }
        }
    }

    private String send() throws IOException, InterruptedException {
        try (Socket connection = new Socket("localhost", port)) {
            connection.setSoTimeout(TIMEOUT_MILLIS);
            byte[] bytes = request.getBytes(ISO_8859_1);
            for (int sent = 0; sent < bytes.length; sent += sentInTick) {
                Thread.sleep(TICK_MILLIS);
                connection.getOutputStream().write(bytes, sent, Math.min(sentInTick, bytes.length - sent));
            }
            return read(connection.getInputStream());
        }
    }

    private String read(InputStream in) throws IOException, InterruptedException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        for (byte[] bytes = in.readNBytes(readInTick); bytes.length > 0; bytes = in.readNBytes(readInTick)) {
            answer.writeBytes(bytes);
            Thread.sleep(bytes.length < readInTick ? 0 : TICK_MILLIS);
        }
        return answer.toString(ISO_8859_1);
    }

    private static int length(String answer) {
        return answer.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.toLowerCase().startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(
                        line.substring("content-length:".length()).strip()))
                .findFirst()
                .orElse(0);
    }

    /** Waits until the last request is answered. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
