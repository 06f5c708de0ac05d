package backoffice.testsupport;

import static java.util.stream.Collectors.joining;

import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A client of the API with the key of a vendor. Paths are relative to the base path and are sent unchanged. */
public final class Api {

    public static final String BASE_PATH = "/bitanswer/api";

    private final UnaryOperator<RequestSpecification> settings;

    private Api(UnaryOperator<RequestSpecification> settings) {
        this.settings = settings;
    }

    public static Api as(String bitkey) {
        return new Api(request -> request.header("bitkey", bitkey));
    }

    public Api on(int port) {
        return new Api(request -> settings.apply(request).port(port));
    }

    public Api with(String header, String value) {
        return new Api(request -> settings.apply(request).header(header, value));
    }

    public static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A batch of the entries with the numbers from the first one to the last one, which it does not have. */
    public static String batch(int from, int to, IntFunction<String> entry) {
        return IntStream.range(from, to).mapToObj(entry).collect(joining(",", "[", "]"));
    }

    public ValidatableResponse get(String path) {
        return request().get(BASE_PATH + path).then();
    }

    /** The HTTP code of a read. */
    public int code(String path) {
        return get(path).extract().statusCode();
    }

    public ValidatableResponse post(String path, String body) {
        return send("POST", path, body);
    }

    public ValidatableResponse patch(String path, String body) {
        return send("PATCH", path, body);
    }

    public ValidatableResponse delete(String path) {
        return request().delete(BASE_PATH + path).then();
    }

    public ValidatableResponse delete(String path, String body) {
        return send("DELETE", path, body);
    }

    public ValidatableResponse send(String method, String path, String body) {
        return request()
                .contentType("application/json")
                .body(body)
                .request(method, BASE_PATH + path)
                .then();
    }

    public RequestSpecification request() {
        return settings.apply(RestAssured.given().urlEncodingEnabled(false));
    }
}
