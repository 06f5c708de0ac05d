package backoffice.openapi;

import static java.util.stream.Collectors.toCollection;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import backoffice.docs.ApiTables;
import backoffice.docs.Page;
import backoffice.envelope.ApiException;
import backoffice.envelope.Language;
import backoffice.envelope.Problem;
import backoffice.envelope.Status;
import backoffice.search.Fields;
import backoffice.testsupport.Api;
import backoffice.testsupport.OtherSettings;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.RepositoryFiles;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The OpenAPI document describes each call as docs/api.md does, sections 4.1, 5.1, 7 and 8.1, and its examples are true. */
@QuarkusTest
@TestProfile(OtherSettings.class)
public class DocumentTest {

    private static final Pattern CALL = Pattern.compile("(GET|POST|PATCH|DELETE) /\\S+");
    private static final Pattern ROUTE = Pattern.compile("[A-Z_]+\\(\"(/[^\"]+)\", (\"[A-Z, \"]+)\\)[,;]");
    private static final String IDEMPOTENCY_KEY = "3f0c6d1e";

    private static final String HISTORY = "/backoffice/history";

    /** Statuses that do not depend on the request alone. Other tests compare their examples. */
    private static final Set<Integer> NOT_DETERMINED_BY_THE_REQUEST =
            Set.of(1003, 1005, 1006, 1101, 1102, 1103, 3001, 3002, 5000, 5001);

    /** The example of a request that no client of HTTP sends. */
    private static final String MALFORMED_REQUEST = "malformedRequest";

    private Document document;

    @BeforeEach
    void read() {
        Sql.clean();
        document = Document.served();
    }

    /** A HEAD is a GET, which the document does not repeat. */
    @Test
    void the_document_has_the_calls_of_the_service_and_no_others() {
        Stream<String> calls = ROUTE.matcher(RepositoryFiles.text(Path.of("src/main/java/backoffice/http/Route.java")))
                .results()
                .flatMap(route -> Stream.of(route.group(2).split(", "))
                        .map(method -> method.replace("\"", "") + " " + route.group(1)))
                .filter(call -> !call.startsWith("HEAD "));

        assertEquals(names(calls), names(document.calls().stream().map(Document.Call::name)));
    }

    @Test
    void the_page_on_the_reference_has_each_call_of_customer_groups() {
        Stream<String> told = Page.of("docs/maintaining/reference.md").tables().stream()
                .flatMap(List::stream)
                .flatMap(row -> CALL.matcher(row.get(0).replace("`", " ")).results())
                .map(MatchResult::group);

        Set<String> ofGroups = names(
                document.calls().stream().map(Document.Call::name).filter(name -> name.contains("/customer_groups")));
        assertEquals(ofGroups, names(told));
    }

    /** Tests of the calls send these numbers, and one more. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        schemas/Name/maxLength, 255
        schemas/CustomerInput/properties/city/maxLength, 255
        schemas/CustomerInput/properties/description/maxLength, 2000
        schemas/Members/maxItems, 1000
        schemas/CustomerInputs/maxItems, 1000
        schemas/Search/properties/querys/maxItems, 32
        schemas/Query/properties/values/maxItems, 1000
        parameters/offset/schema/minimum, 0
        parameters/limit/schema/minimum, 1
        parameters/limit/schema/maximum, 1000
        schemas/ChangesFound/properties/data/properties/items/maxItems, 100
        """)
    void the_document_states_the_limits_of_the_service(String component, int limit) {
        assertEquals(limit, document.root().at("/components/" + component).intValue());
    }

    private static Set<String> names(Stream<String> names) {
        return names.collect(toCollection(TreeSet::new));
    }

    /** {@code FuzzIT} and the examples find the statuses of a call alone. */
    @Test
    void each_call_documents_its_parameters_and_an_answer_for_each_status_that_calls_share() {
        for (Document.Call call : document.calls()) {
            List<Document.Answer> answers = document.answers(call);
            boolean isSearch = call.path().endsWith("/data");
            boolean isChange = !call.method().equals("GET") && !isSearch;
            boolean isHistory = call.path().equals(HISTORY);
            boolean isList =
                    !isChange && !call.path().endsWith("}") && !call.path().startsWith("/backoffice/");

            Set<Integer> statuses = new TreeSet<>(List.of(0, 1001, 1005, 1101, 1102, 5000, 5001));
            statuses.addAll(call.operation().has("requestBody") ? Set.of(1006) : Set.of());
            statuses.addAll(isChange ? Set.of(1103, 3001, 3002) : Set.of());
            statuses.addAll(isHistory ? Set.of(1003) : Set.of());
            assertEquals(
                    statuses,
                    answers.stream()
                            .map(Document.Answer::status)
                            .filter(status -> status != 1002 && status / 1000 != 2)
                            .collect(toCollection(TreeSet::new)),
                    call.name());
            for (Document.Answer answer : answers) {
                Status status = Document.status(answer.status());
                assertEquals(status.httpCode(), answer.code());
                if (status != Status.DONE) {
                    assertThat(
                            answer.description(), containsString(status.number() + ": " + ApiTables.meaning(status)));
                }
            }

            Set<String> parameters = new TreeSet<>();
            Pattern.compile("\\{(\\w+)}")
                    .matcher(call.path())
                    .results()
                    .forEach(inPath -> parameters.add(inPath.group(1)));
            parameters.addAll(isList ? Set.of("offset", "limit") : Set.of());
            parameters.addAll(isChange ? Set.of("x-bit-req-id") : Set.of());
            parameters.addAll(isHistory ? parametersOfHistory() : Set.of());
            assertEquals(
                    parameters,
                    names(call.parameters().stream().map(p -> p.get("name").textValue())),
                    call.name());
            assertEquals(
                    isChange, call.operation().at("/responses/200/headers").has("x-bit-req-replayed"), call.name());
        }
    }

    private static Set<String> parametersOfHistory() {
        return names(
                Page.of("docs/api.md").rows("parameter").map(row -> row.get(0).replace("`", "")));
    }

    @Test
    void the_fields_and_operators_of_searches_and_the_statuses_are_documented() {
        assertDescribes(call("POST /customer_groups/data").operation(), ApiTables.fields(Fields.GROUPS));
        assertDescribes(call("POST /customers/data").operation(), ApiTables.fields(Fields.CUSTOMERS));
        assertDescribes(document.root().at("/components/schemas/Query/properties/op"), ApiTables.operators());
        assertDescribes(document.root().get("info"), ApiTables.statuses());
    }

    private static void assertDescribes(JsonNode described, String table) {
        assertThat(described.get("description").textValue(), containsString(table));
    }

    @Test
    void the_documented_common_refusals_are_those_of_the_service() {
        String path = Api.BASE_PATH + "/customers";
        String head = RawHttp.head("POST " + path, Vendors.ACME);
        Api acme = Api.as(Vendors.ACME);
        Api again = acme.with("x-bit-req-id", IDEMPOTENCY_KEY);
        again.post("/customers", "[{\"name\":\"a\"}]").statusCode(200);

        RestAssured.get(path).then().body(is(shown("Unauthorized", "keyMissing")));
        assertThat(
                RawHttp.send(RawHttp.request(head + "Host: b\r\n", "[]")),
                endsWith("\r\n\r\n" + shown("MalformedRequest", MALFORMED_REQUEST)));
        Api.as("stranger").get("/customers").body(is(shown("Unauthorized", "keyUnknown")));
        acme.post("/customers", " ".repeat((1 << 20) + 1)).body(is(shown("BodyTooLarge", "bodyTooLarge")));
        assertThat(
                RawHttp.send(RawHttp.request(head + "Content-Type: text/plain\r\n", "[]")),
                endsWith("\r\n\r\n" + shown("NotJson", "notJson")));
        again.delete("/customers/a").body(is(shown("IdempotencyKeyReused", "idempotencyKeyReused")));
    }

    @Test
    void documented_failures_that_are_hard_to_provoke_match_the_messages() {
        assertEquals(
                document.root().at("/components/examples/stillRunning/value").toString(),
                catalogue(Problem.STILL_RUNNING, IDEMPOTENCY_KEY));
        assertEquals(shown("Fault", "fault"), catalogue(Problem.FAULT, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
        assertEquals(shown("Unavailable", "unavailable"), catalogue(Problem.DATABASE_UNAVAILABLE));
    }

    /** With the demo data, a request example gets the answer example of the same name. */
    @TestFactory
    Stream<DynamicTest> each_example_is_answered_as_the_document_shows() {
        return document.calls().stream()
                .flatMap(call -> document.answers(call).stream())
                .filter(answer -> !NOT_DETERMINED_BY_THE_REQUEST.contains(answer.status())
                        && !answer.example().equals(MALFORMED_REQUEST))
                .map(answer -> dynamicTest(answer.toString(), () -> compare(answer)));
    }

    private void compare(Document.Answer shown) {
        Sql.demoData();
        if (shown.call().path().equals(HISTORY)) {
            recordMove();
        }
        RequestSpecification request = Api.as(Vendors.ACME).request().urlEncodingEnabled(true);
        for (JsonNode parameter : shown.call().parameters()) {
            String name = parameter.get("name").textValue();
            JsonNode value = parameter.at("/examples/" + shown.example() + "/value");
            if (parameter.get("in").textValue().equals("path")) {
                request.pathParam(name, value.textValue());
            } else if (!value.isMissingNode()) {
                request.queryParam(name, value.asText());
            }
        }
        JsonNode body = document.resolve(shown.call().operation().path("requestBody"))
                .at("/content/application~1json/examples/" + shown.example() + "/value");
        if (!body.isMissingNode()) {
            request.contentType("application/json").body(body.toString());
        }

        Response answer = request.request(
                shown.call().method(), Api.BASE_PATH + shown.call().path() + shown.query());

        assertEquals(shown.body(), answer.as(JsonNode.class));
        assertEquals(shown.code(), answer.statusCode());
    }

    /** The id and the time of the change are those of the example. */
    private static void recordMove() {
        Sql.execute("alter table history alter column id restart with 1042");
        Api.as(Vendors.ACME)
                .with("x-correlation-id", "8a6f1c0e4b2d9357")
                .with("x-bit-req-id", IDEMPOTENCY_KEY)
                .post("/customer_groups/group_1/customers", "[{\"name\":\"customer_5\"}]")
                .statusCode(200);
        Sql.execute("update history set changed_at = '2026-11-26T08:15:30.123456Z' where id = 1042");
    }

    private Document.Call call(String name) {
        return document.calls().stream()
                .filter(call -> call.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String shown(String response, String example) {
        return document.root()
                .at("/components/responses/" + response + "/content/application~1json/examples/" + example + "/value")
                .toString();
    }

    private static String catalogue(Problem problem, Object... arguments) {
        return "{\"status\":%d,\"msg\":%s}"
                .formatted(
                        problem.status().number(),
                        TextNode.valueOf(Language.EN.sentence(new ApiException(problem, arguments))));
    }
}
