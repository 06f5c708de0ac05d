import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A client of one vendor that sends one call at a time over one connection. */
class Client {

    /**
     * A call.
     *
     * @param path the path after {@code /bitanswer/api}, with the query
     */
    record Call(String method, String path, String body) {

        static Call get(String path) {
            return new Call("GET", path, "");
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String vendor;
    private int calls;
    private int failures;

    Client(String vendor) {
        this.vendor = vendor;
    }

    /** Sends a call, and returns the time until the whole answer in milliseconds. */
    double send(Call call) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(Service.URL + "/bitanswer/api" + call.path()))
                .header("bitkey", vendor)
                .header("Content-Type", "application/json")
                .method(call.method(), BodyPublishers.ofString(call.body()))
                .build();
        long start = System.nanoTime();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        double millis = (System.nanoTime() - start) / 1e6;
        calls++;
        // Only an answer with status 0 has the HTTP code 200.
        if (answer.statusCode() != 200) {
            failures++;
            System.err.println(call + ": " + answer.body());
        }
        return millis;
    }

    int calls() {
        return calls;
    }

    int failures() {
        return failures;
    }
}
