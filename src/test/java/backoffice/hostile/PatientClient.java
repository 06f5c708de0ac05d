package backoffice.hostile;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.entity.EntityTemplate;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.BasicHttpClientConnectionManager;

/**
 * A client that takes its time with its requests, over one connection, and expects HTTP 200 and a whole answer to each of
 * them. It sends no request twice, as other clients do when a connection ends.
 */
final class PatientClient extends HonestClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_MILLIS = 5000;
    private static final Duration TICK = Duration.ofMillis(50);
    private static final int FAST = 1 << 20;

    private final CloseableHttpClient http = HttpClients.custom()
            .setConnectionManager(new BasicHttpClientConnectionManager())
            .setDefaultRequestConfig(RequestConfig.custom()
                    .setSocketTimeout(TIMEOUT_MILLIS)
                    .setContentCompressionEnabled(false)
                    .build())
            .disableAutomaticRetries()
            .build();
    private final RequestBuilder request;
    private final int readInTick;

    private PatientClient(RequestBuilder request, int readInTick) {
        this.request = request;
        this.readInTick = readInTick;
        start();
    }

    /** Asks the management port whether the service is alive, over a new connection each time. */
    static PatientClient probing(int managementPort) {
        return new PatientClient(
                RequestBuilder.get("http://localhost:" + managementPort + "/q/health/live")
                        .addHeader("Connection", "close"),
                FAST);
    }

    /** Makes light calls, 50 ms apart. */
    static PatientClient calling(int port, String bitkey) {
        return new PatientClient(call("GET", port, "/customers", bitkey), FAST);
    }

    /** Reads answers of 8 MB at 1.5 MB/s. */
    static PatientClient downloading(int port, String bitkey) {
        return new PatientClient(call("GET", port, "/customers?limit=700", bitkey), 75_000);
    }

    /** Sends bodies of 800 kB at 200 kB/s. */
    static PatientClient uploading(int port, String bitkey) {
        return new PatientClient(
                call("POST", port, "/customer_groups", bitkey).setEntity(new EntityTemplate(PatientClient::upload)),
                FAST);
    }

    private static RequestBuilder call(String method, int port, String path, String bitkey) {
        return RequestBuilder.create(method)
                .setUri("http://localhost:" + port + Api.BASE_PATH + path)
                .addHeader("bitkey", bitkey);
    }

    private static void upload(OutputStream out) throws IOException {
        out.write("{\"name\":\"uploaded\"}".getBytes(StandardCharsets.UTF_8));
        for (int tick = 0; tick < 80; tick++) {
            out.write(" ".repeat(10_000).getBytes(StandardCharsets.UTF_8));
            out.flush();
            Await.sleep(TICK);
        }
    }

    @Override
    void act() {
        Await.sleep(TICK);
        attempt(request.getUri().toString(), () -> {
            try (CloseableHttpResponse answer = http.execute(request.build())) {
                return answer.getStatusLine().getStatusCode() == 200
                        && !JSON.readTree(read(answer.getEntity().getContent())).isMissingNode();
            }
        });
    }

    /** The whole of an answer. The HTTP client fails when the connection ends within it. */
    private byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] bytes = in.readNBytes(readInTick);
        while (bytes.length == readInTick) {
            body.write(bytes);
            Await.sleep(TICK);
            bytes = in.readNBytes(readInTick);
        }
        body.write(bytes);
        return body.toByteArray();
    }
}
