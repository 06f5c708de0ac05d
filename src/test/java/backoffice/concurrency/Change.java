package backoffice.concurrency;

import backoffice.testsupport.Api;
import backoffice.testsupport.Vendors;
import io.restassured.RestAssured;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * A call that changes data.
 *
 * @param idempotencyKey the idempotency key, or null to send the call without one
 */
public record Change(String title, String method, String path, String body, String idempotencyKey) {

    // The JDK client is faster than REST Assured, so that the calls overlap in the service and not in the client.
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Change(String title, String method, String path, String body) {
        this(title, method, path, body, null);
    }

    Change with(String key) {
        return new Change(title + ", key " + key, method, path, body, key);
    }

    Answer send() {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + Api.BASE_PATH + path))
                .header("bitkey", Vendors.ACME)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (idempotencyKey != null) {
            request.header("x-bit-req-id", idempotencyKey);
        }
        return Unchecked.supplier(() -> Answer.of(CLIENT.send(request.build(), BodyHandlers.ofString())))
                .get();
    }

    /**
     * The answer of a call, without the parts that differ in each run.
     *
     * @param replayed whether it is a stored response
     */
    public record Answer(int code, boolean replayed, String body) {

        private static Answer of(HttpResponse<String> response) {
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("x-bit-req-replayed").isPresent(),
                    response.body()
                            .replaceAll(
                                    "\"regDate\":\"" + CallRunner.CURRENT_CENTURY + "[^\"]*\"", "\"regDate\":\"now\""));
        }

        boolean isDone() {
            return code == 200;
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
