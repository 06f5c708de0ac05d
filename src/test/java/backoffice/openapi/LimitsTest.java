package backoffice.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The service enforces the limits that the OpenAPI document states. */
@QuarkusTest
class LimitsTest {

    private static final String EMOJI = "😀";

    private final Api api = Api.as(Vendors.ACME);

    static Stream<Arguments> limits() {
        return Stream.of(
                limit("Name/maxLength", "/customer_groups", n -> "{\"name\":\"" + EMOJI.repeat(n) + "\"}"),
                limit("CustomerInput/properties/city/maxLength", "/customers", n -> customer("city", n)),
                limit("CustomerInput/properties/description/maxLength", "/customers", n -> customer("description", n)),
                limit("Members/maxItems", "/customer_groups/g/customers", n -> list(n, "{\"name\":\"%d\"}")),
                limit("CustomerInputs/maxItems", "/customers", n -> list(n, "{\"name\":\"%d\"}")),
                limit(
                        "Search/properties/querys/maxItems",
                        "/customers/data",
                        n -> "{\"querys\":" + list(n, "{\"name\":\"name\",\"op\":\"is null\"}") + "}"),
                limit(
                        "Query/properties/values/maxItems",
                        "/customers/data",
                        n -> "{\"querys\":[{\"name\":\"name\",\"values\":" + list(n, "\"%d\"") + "}]}"));
    }

    @BeforeEach
    void one_group() {
        Sql.clean();
        api.post("/customer_groups", "{\"name\":\"g\"}").statusCode(200);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("limits")
    void the_documented_maximum_is_accepted_and_one_more_is_refused(
            String schema, String path, IntFunction<String> body) {
        int most = document(schema);

        api.post(path, body.apply(most)).statusCode(200);
        api.post(path, body.apply(most + 1)).statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({"offset, minimum, 0, -1", "limit, minimum, 1, 0", "limit, maximum, 1000, 1001"})
    void the_documented_limits_of_paging_are_enforced(String parameter, String bound, int within, int beyond) {
        assertEquals(within, document("parameters/" + parameter + "/schema/" + bound));

        api.get("/customers?" + parameter + "=" + within).statusCode(200);
        api.get("/customers?" + parameter + "=" + beyond).statusCode(400);
    }

    private static Arguments limit(String schema, String path, IntFunction<String> body) {
        return Arguments.of("schemas/" + schema, path, body);
    }

    private static String customer(String member, int length) {
        return "[{\"name\":\"c\",\"" + member + "\":\"" + EMOJI.repeat(length) + "\"}]";
    }

    private static String list(int length, String entry) {
        return IntStream.range(0, length).mapToObj(entry::formatted).collect(Collectors.joining(",", "[", "]"));
    }

    private static int document(String component) {
        JsonNode number = Document.served().root().at("/components/" + component);
        assertTrue(number.isInt(), component);
        return number.intValue();
    }
}
