package backoffice.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** With the demo data, the service answers the request example of a name with the answer example of the same name. */
@QuarkusTest
public class ExamplesTest {

    /** Statuses that do not depend on the request alone. {@link DocumentTest} compares their examples. */
    private static final Set<Integer> NOT_DETERMINED_BY_THE_REQUEST =
            Set.of(1005, 1006, 1101, 1102, 1103, 3001, 3002, 5000, 5001);

    @TestFactory
    Stream<DynamicTest> each_example_is_answered_as_the_document_shows() {
        Document document = Document.served();
        return document.calls().stream()
                .flatMap(call -> document.answers(call).stream())
                .filter(answer -> !NOT_DETERMINED_BY_THE_REQUEST.contains(answer.status()))
                .map(answer -> dynamicTest(answer.toString(), () -> compare(answer, document)));
    }

    private static void compare(Document.Answer shown, Document document) {
        Sql.demoData();

        Response answer = send(shown, document);

        assertEquals(shown.body(), answer.as(JsonNode.class));
        assertEquals(shown.code(), answer.statusCode());
    }

    private static Response send(Document.Answer shown, Document document) {
        RequestSpecification request = Api.as(Vendors.ACME).request().urlEncodingEnabled(true);
        for (JsonNode parameter : shown.call().parameters()) {
            JsonNode value = parameter.at("/examples/" + shown.example() + "/value");
            boolean inPath = parameter.get("in").textValue().equals("path");
            assertFalse(inPath && value.isMissingNode(), "a path needs a name");
            if (inPath) {
                request.pathParam(parameter.get("name").textValue(), value.asText());
            } else if (!value.isMissingNode()) {
                request.queryParam(parameter.get("name").textValue(), value.asText());
            }
        }
        JsonNode body = document.resolve(shown.call().operation().path("requestBody"));
        JsonNode value = body.at("/content/application~1json/examples/" + shown.example() + "/value");
        assertFalse(body.path("required").asBoolean() && value.isMissingNode(), "the call needs a body");
        if (!value.isMissingNode()) {
            request.contentType("application/json").body(value.toString());
        }
        return request.request(
                shown.call().method(), Api.BASE_PATH + shown.call().path());
    }
}
