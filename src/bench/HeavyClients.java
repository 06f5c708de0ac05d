import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Clients that make the service hold much memory at once. Each call has a connection of its own. */
class HeavyClients {

    private static final String PATH = "/bitanswer/api/customer_groups";
    private static final int BODY_BYTES = 1024 * 1024;
    private static final int READ_BYTES = 1024;
    private static final int MILLIS_BETWEEN_READS = 100;
    private static final int MILLIS_FOR_THE_LAST_ANSWER = 10_000;
    private static final int STATUS_LINE = "HTTP/1.1 200".length();

    /** Reads pages with 10 KiB a second for each client. */
    static String read(Vendor vendor, int clients, int seconds) throws InterruptedException {
        return atOnce(clients, seconds, i -> request(vendor, "GET", "?limit=1000", ""), MILLIS_BETWEEN_READS);
    }

    /** Sends bodies as fast as possible. Spaces extend each body to the largest accepted size. */
    static String upload(Vendor vendor, int clients, int seconds) throws InterruptedException {
        return atOnce(
                clients,
                seconds,
                i -> {
                    String name = "{\"name\":\"new-" + i + "\"";
                    return request(vendor, "POST", "", name + " ".repeat(BODY_BYTES - 1 - name.length()) + "}");
                },
                0);
    }

    private static byte[] request(Vendor vendor, String method, String query, String body) {
        String head = method + " " + PATH + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nbitkey: "
                + vendor.name() + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Runs the clients.
     *
     * @return the number of answers by status line; "unread" are answers that were not read to the end in time, and
     *     "none" are calls without an answer
     */
    private static String atOnce(int clients, int seconds, IntFunction<byte[]> request, int millisBetweenReads)
            throws InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        Map<String, Integer> answers = new ConcurrentSkipListMap<>();
        Thread[] threads = IntStream.range(0, clients)
                .mapToObj(i -> new Thread(() -> {
                    while (System.nanoTime() < end) {
                        String answer = call(request.apply(i), end, millisBetweenReads);
                        answers.merge(answer, 1, Integer::sum);
                    }
                }))
                .toArray(Thread[]::new);
        for (Thread thread : threads) {
            thread.setDaemon(true);
            thread.start();
        }
        for (Thread thread : threads) {
            long left = (end - System.nanoTime()) / 1_000_000 + MILLIS_FOR_THE_LAST_ANSWER;
            thread.join(Math.max(left, 1));
            if (thread.isAlive()) {
                answers.merge("none", 1, Integer::sum);
            }
        }
        return answers.toString().replaceAll("[{}]", "").replace("=", ": ");
    }

    private static String call(byte[] request, long end, int millisBetweenReads) {
        try (Socket socket = new Socket()) {
            // A large buffer of the kernel would take the answer before the client reads it.
            socket.setReceiveBufferSize(READ_BYTES);
            socket.connect(new InetSocketAddress("localhost", Service.PORT));
            socket.getOutputStream().write(request);
            InputStream answer = socket.getInputStream();
            String status = new String(answer.readNBytes(STATUS_LINE), StandardCharsets.US_ASCII);
            while (answer.readNBytes(READ_BYTES).length == READ_BYTES) {
                if (System.nanoTime() > end) {
                    return "unread";
                }
                Thread.sleep(millisBetweenReads);
            }
            return status;
        } catch (IOException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
