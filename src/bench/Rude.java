import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Clients that make the service hold much at once. Each call has a connection of its own. */
class Rude {

    private static final String PATH = "/bitanswer/api/customer_groups";
    private static final int BODY = 1024 * 1024;
    private static final int SIP = 1024;
    private static final int MILLIS_BETWEEN_SIPS = 100;
    private static final int MILLIS_FOR_THE_LAST_ANSWER = 10_000;
    private static final int STATUS_LINE = "HTTP/1.1 200".length();

    /** 10 KiB a second each. */
    static String read(Vendor vendor, int clients, int seconds) throws InterruptedException {
        return atOnce(clients, seconds, i -> request(vendor, "GET", "?limit=1000", ""), MILLIS_BETWEEN_SIPS);
    }

    /** As fast as they can; spaces make the bodies as long as may be. */
    static String upload(Vendor vendor, int clients, int seconds) throws InterruptedException {
        return atOnce(
                clients,
                seconds,
                i -> {
                    String name = "{\"name\":\"new-" + i + "\"";
                    return request(vendor, "POST", "", name + " ".repeat(BODY - 1 - name.length()) + "}");
                },
                0);
    }

    private static byte[] request(Vendor vendor, String method, String query, String body) {
        String head = method + " " + PATH + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nbitkey: "
                + vendor.name() + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    /** How often each status was answered to the end; a call that the end of the time cuts short does not count. */
    private static String atOnce(int clients, int seconds, IntFunction<byte[]> request, int millisBetweenSips)
            throws InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        Map<String, Integer> answers = new ConcurrentSkipListMap<>();
        Thread[] threads = IntStream.range(0, clients)
                .mapToObj(i -> new Thread(() -> {
                    while (System.nanoTime() < end) {
                        String answer = call(request.apply(i), end, millisBetweenSips);
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

    private static String call(byte[] request, long end, int millisBetweenSips) {
        try (Socket socket = new Socket()) {
            // The kernel must not take the answer in the place of the client.
            socket.setReceiveBufferSize(SIP);
            socket.connect(new InetSocketAddress("localhost", Service.PORT));
            socket.getOutputStream().write(request);
            InputStream answer = socket.getInputStream();
            String status = new String(answer.readNBytes(STATUS_LINE), StandardCharsets.US_ASCII);
            while (answer.readNBytes(SIP).length == SIP) {
                if (System.nanoTime() > end) {
                    return "unread";
                }
                Thread.sleep(millisBetweenSips);
            }
            return status;
        } catch (IOException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
