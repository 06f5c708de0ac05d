package backoffice.hostile;

import static backoffice.testsupport.RawHttp.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import backoffice.testsupport.Api;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that takes its time with its requests, and expects HTTP 200 and a whole answer to each of them. */
final class PatientClient extends HonestClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
    private static final int TIMEOUT_MILLIS = 5000;
    private static final int TICK_MILLIS = 50;
    private static final int FAST = 1 << 20;

    private final int port;
    private final String request;
    private final int sentInTick;
    private final int readInTick;
    private final boolean keepsConnection;
    private Socket connection;

    private PatientClient(int port, String request, int sentInTick, int readInTick, boolean keepsConnection) {
        this.port = port;
        this.request = request;
        this.sentInTick = sentInTick;
        this.readInTick = readInTick;
        this.keepsConnection = keepsConnection;
        start();
    }

    /** Asks the management port whether the service is alive, over a new connection each time. */
    static PatientClient probing(int managementPort) {
        return new PatientClient(managementPort, head("GET /q/health/live", "none") + "\r\n", FAST, FAST, false);
    }

    /** Makes light calls, 50 ms apart, over one connection. */
    static PatientClient calling(int port, String bitkey) {
        return new PatientClient(port, call("GET", "/customers", bitkey) + "\r\n", FAST, FAST, true);
    }

    /** Reads answers of 8 MB at 1.5 MB/s, over one connection. */
    static PatientClient downloading(int port, String bitkey) {
        return new PatientClient(port, call("GET", "/customers?limit=700", bitkey) + "\r\n", FAST, 75_000, true);
    }

    /** Sends bodies of 800 kB at 200 kB/s, over one connection. */
    static PatientClient uploading(int port, String bitkey) {
        String body = "{\"name\":\"uploaded\"}" + " ".repeat(800_000);
        String head = call("POST", "/customer_groups", bitkey);
        return new PatientClient(
                port, head + "Content-Length: " + body.length() + "\r\n\r\n" + body, 10_000, FAST, true);
    }

    private static String call(String method, String path, String bitkey) {
        return head(method + " " + Api.BASE_PATH + path, bitkey).replace("Connection: close\r\n", "");
    }

    @Override
    void act() {
        attempt(request.lines().findFirst().orElseThrow(), () -> {
            if (connection == null || !keepsConnection) {
                connection = new Socket("localhost", port);
                connection.setSoTimeout(TIMEOUT_MILLIS);
            }
            send(connection.getOutputStream());
            boolean isWhole = readsAnswer(connection.getInputStream());
            if (!keepsConnection) {
                connection.close();
            }
            return isWhole;
        });
    }

    private void send(OutputStream out) throws IOException, InterruptedException {
        byte[] bytes = request.getBytes(ISO_8859_1);
        for (int sent = 0; sent < bytes.length; sent += sentInTick) {
            Thread.sleep(TICK_MILLIS);
            out.write(bytes, sent, Math.min(sentInTick, bytes.length - sent));
        }
    }

    /** Whether an answer is HTTP 200 and the whole of its JSON. */
    private boolean readsAnswer(InputStream in) throws IOException, InterruptedException {
        String head = readTo(in, "\r\n\r\n");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Matcher length = LENGTH.matcher(head);
        if (length.find()) {
            read(in, Integer.parseInt(length.group(1)), body);
        } else {
            int chunk = 1;
            while (chunk > 0) {
                chunk = Integer.parseInt(readTo(in, "\r\n").strip(), 16);
                read(in, chunk, body);
                readTo(in, "\r\n");
            }
        }
        return head.startsWith("HTTP/1.1 200 ")
                && !JSON.readTree(body.toByteArray()).isMissingNode();
    }

    private void read(InputStream in, int length, ByteArrayOutputStream body) throws IOException, InterruptedException {
        int unread = length;
        while (unread > 0) {
            byte[] bytes = in.readNBytes(Math.min(readInTick, unread));
            if (bytes.length == 0) {
                throw new EOFException("The connection is closed within an answer");
            }
            unread -= bytes.length;
            body.write(bytes);
            Thread.sleep(bytes.length < readInTick ? 0 : TICK_MILLIS);
        }
    }

    private static String readTo(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The connection is closed after: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }
}
