package backoffice.http;

import static backoffice.http.RequestCost.check;
import static backoffice.http.RequestCost.fill;
import static backoffice.http.RequestCost.head;

import backoffice.testsupport.Api;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cost of a body grows no faster than its length. */
@QuarkusTest
@Tag("slow")
class HostileBodiesTest {

    private static final int MAX_BODY = 1000 * RequestCost.KB;
    private static final String LIKE = "{\"querys\":[{\"name\":\"name\",\"op\":\"like\",\"values\":[\"";

    static Stream<Arguments> bodies() {
        return Stream.of(
                body("/customer_groups", "", "[", ""),
                body("/customer_groups", "", "{\"a\":", ""),
                body("/customer_groups", "", " ", "x"),
                body("/customer_groups", "", "{}", ""),
                body("/customer_groups", "{", "\"name\":\"x\",", "}"),
                body("/customer_groups", "{", "\"a#\":1,", "\"name\":\"x\"}"),
                body("/customer_groups", "{\"name\":\"x\"}", "\n", "x"),
                body("/customer_groups", "{\"name\":\"", "a", "\"}"),
                body("/customer_groups", "{\"name\":\"", "\\u0000", "\"}"),
                body("/customer_groups", "{\"name\":\"", "\\\"", "\"}"),
                body("/customer_groups", "{\"name\":", "1", "}"),
                body("/customer_groups", "{\"name\":0.", "1", "}"),
                body("/customer_groups", "{\"name\":[", "1,", "1]}"),
                body("/customer_groups", "{\"name\":{", "\"a#\":{},", "\"b\":1}}"),
                body("/customers", "[", "{\"name\":\"#\"},", "{}]"),
                body("/customers", "[", "null,", "null]"),
                body("/customers", "[", "1,", "1]"),
                body("/customers", "[{\"name\":\"x\"", ",\"a#\":[]", "}]"),
                body("/customers", "[{\"name\":\"x\",\"description\":\"", "a", "\"}]"),
                body("/customers", "[{\"name\":\"x\",\"regDate\":\"", "1", "\"}]"),
                body("/customers/data", "{\"querys\":[", "{\"name\":\"name\"},", "{}]}"),
                body("/customers/data", "{\"querys\":[", "{\"#\":\"name\"},", "{}]}"),
                body("/customers/data", "{\"querys\":[{\"name\":\"", "a", "\"}]}"),
                body("/customers/data", "{\"querys\":[{\"name\":\"name\",\"op\":\"", " ", "\"}]}"),
                body("/customers/data", "{\"querys\":[{\"name\":\"name\",\"op\":\"", " a", "\"}]}"),
                body("/customers/data", "{\"querys\":[{\"name\":\"name\",\"values\":[", "\"#\",", "\"x\"]}]}"),
                body("/customers/data", LIKE, "%a", "\"]}]}"),
                body("/customers/data", LIKE, "_", "\"]}]}"),
                body("/customers/data", LIKE, "\\\\", "\"]}]}"),
                body("/customers/data", LIKE, "a", "%\"]}]}"),
                body("/customers/data", "{\"sorts\":[", "{\"name\":\"name\"},", "{}]}"),
                body("/customers/data", "{\"sorts\":[", "null,", "null]}"));
    }

    private static Arguments body(String path, String start, String unit, String end) {
        return Arguments.of(path, start, unit, end);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_body_costs_no_more_than_its_length(String path, String start, String unit, String end) {
        IntFunction<String> request = size -> {
            String body = start + fill(unit, size) + end;
            return head("POST " + Api.BASE_PATH + path) + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        };
        check(start + unit + end, RestAssured.port, 16 * RequestCost.KB, request);
        check(start + unit + end, RestAssured.port, MAX_BODY, request);
    }
}
