package backoffice.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import backoffice.docs.HttpFile.Request;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The requests under docs/http, which editors send, are those of the service, and each is done. */
@QuarkusTest
class HttpFilesTest {

    @TestFactory
    Stream<DynamicTest> each_request_of_a_file_is_done_in_its_order_and_all_leave_the_demo_data_as_it_was() {
        return HttpFile.all().stream()
                .map(file -> dynamicTest(file.file().toString(), () -> {
                    Sql.demoData();
                    String before = rows();

                    file.requests().forEach(HttpFilesTest::send);

                    assertEquals(before, rows());
                }));
    }

    @Test
    void each_call_of_the_document_is_among_them() throws IOException {
        Set<String> left = new TreeSet<>();
        JsonNode paths = new ObjectMapper()
                .readTree(RestAssured.get("/q/openapi?format=json").asString())
                .get("paths");
        paths.properties().stream()
                .filter(path -> !path.getValue().has("servers"))
                .forEach(path -> path.getValue().properties().stream()
                        .map(operation -> operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())
                        .filter(call -> call.matches("(GET|POST|PATCH|DELETE) .*"))
                        .filter(call -> requests().noneMatch(request -> isOf(call, request)))
                        .forEach(left::add));

        assertEquals(Set.of(), left);
    }

    @Test
    void each_request_of_a_file_has_a_name_of_its_own() {
        HttpFile.all().forEach(file -> {
            List<String> names = file.requests().stream().map(Request::name).toList();
            assertEquals(names.size(), new HashSet<>(names).size());
        });
    }

    @Test
    void the_environment_says_what_the_files_say() throws IOException {
        JsonNode dev = new ObjectMapper()
                .readTree(HttpFile.FOLDER.resolve("http-client.env.json").toFile())
                .get("dev");

        for (HttpFile file : HttpFile.all()) {
            assertEquals(
                    dev.properties().stream().map(Map.Entry::getKey).collect(toSet()),
                    file.variables().keySet());
            file.variables().forEach((name, value) -> assertEquals(dev.get(name).textValue(), value));
        }
    }

    private static Stream<Request> requests() {
        return HttpFile.all().stream().flatMap(file -> file.requests().stream());
    }

    private static boolean isOf(String call, Request request) {
        String path = request.url().replaceFirst(".*/bitanswer/api", "").replaceFirst("\\?.*", "");
        return (request.method() + " " + path).matches(call.replaceAll("\\{\\w+}", "(?!data\\z)[^/]+"));
    }

    /** On the port of the test, as the vendor whom the demo data of tests belong to. */
    private static void send(Request request) {
        RequestSpecification specification = RestAssured.given().urlEncodingEnabled(false);
        request.headers()
                .forEach(
                        (name, value) -> specification.header(name, value.equals("dev-bitkey") ? Vendors.ACME : value));
        if (request.body() != null) {
            specification.body(request.body().getBytes(UTF_8));
        }
        Response answer =
                specification.request(request.method(), request.url().replaceFirst("http://localhost:8080", ""));
        assertEquals(200, answer.statusCode(), () -> request.title() + ": " + answer.asString());
        assertEquals(0, answer.<Integer>path("status"), request.title());
    }

    private static String rows() {
        return Sql.text(
                "select string_agg(row, chr(10) order by row) from (select concat_ws('|', c.name, g.name, c.reg_date,"
                        + " c.city, c.contact, c.reference_id) row from customer_group g full join customer c"
                        + " on c.vendor = g.vendor and c.group_id = g.id) rows");
    }
}
