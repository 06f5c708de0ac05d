import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A client that sends one call at a time over one connection. */
class Client {

    private static final int WARM_UP_CALLS = 1000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Vendor vendor;

    /** Sends calls first, so that the JVM has compiled this client before a measurement starts. */
    Client(Vendor vendor) throws IOException, InterruptedException {
        this.vendor = vendor;
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            send("GET", "/group-0000001", "");
        }
    }

    /**
     * Sends a call.
     *
     * @return the time until the answer in milliseconds
     * @throws IllegalStateException when the answer is not 200
     */
    double send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(Service.URL + "/bitanswer/api/customer_groups" + path))
                .header("bitkey", vendor.name())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        long start = System.nanoTime();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        double millis = (System.nanoTime() - start) / 1e6;
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(method + " " + path + ": " + answer.body());
        }
        return millis;
    }
}
