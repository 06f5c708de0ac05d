package backoffice.hostile;

import static backoffice.testsupport.RawHttp.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import backoffice.testsupport.Api;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A client that opens a connection for each request, takes its time with it, and expects HTTP 200 and a whole answer. */
final class PatientClient extends HonestClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_MILLIS = 5000;
    private static final int TICK_MILLIS = 50;
    private static final int FAST = 1 << 20;

    private final int port;
    private final String request;
    private final int sentInTick;
    private final int readInTick;

    private PatientClient(int port, String request, int sentInTick, int readInTick) {
        this.port = port;
        this.request = request;
        this.sentInTick = sentInTick;
        this.readInTick = readInTick;
        start();
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

    @Override
    void act() {
        attempt(request.lines().findFirst().orElseThrow(), () -> {
            String[] answer = send().split("\r\n\r\n", 2);
            // JSON that breaks off cannot be read.
            return answer[0].startsWith("HTTP/1.1 200 ")
                    && !JSON.readTree(answer[1]).isMissingNode();
        });
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
}
