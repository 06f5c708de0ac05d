package backoffice.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests under docs/http, which editors send, are those of the service, and each is done. */
@QuarkusTest
class HttpFilesTest {

    private static final Path FOLDER = Path.of("docs", "http");
    private static final Pattern VARIABLE = Pattern.compile("(?m)^@(\\w+) = (.*)$");

    /** The title, the name, the method, the path, the headers and the body of a request. */
    private static final Pattern REQUEST = Pattern.compile("(?ms)^### (\\V+)\n# @name (\\w+)\n([A-Z]+) "
            + "http://localhost:8080(\\S+)\n((?:[\\w-]+: \\V*\n)+)(?:\n+(?!###)(.*?))?\\s*(?=^### |\\z)");

    @ParameterizedTest
    @ValueSource(strings = {"customer-groups.http", "customers.http"})
    void each_request_of_a_file_is_done_in_its_order_and_all_leave_the_demo_data_as_it_was(String file)
            throws IOException {
        Sql.demoData();
        String before = rows();

        List<MatchResult> requests = requests(file);
        requests.forEach(HttpFilesTest::send);

        assertEquals(before, rows());
        assertEquals(requests.size(), Files.readString(FOLDER.resolve(file)).split("(?m)^### ").length - 1);
        assertEquals(
                requests.size(),
                requests.stream().map(request -> request.group(2)).distinct().count());
    }

    @Test
    void each_call_of_the_document_is_among_them() throws IOException {
        List<MatchResult> requests = requests("customer-groups.http");
        requests.addAll(requests("customers.http"));
        Set<String> left = new TreeSet<>();
        JsonNode paths = new ObjectMapper()
                .readTree(RestAssured.get("/q/openapi?format=json").asString())
                .get("paths");
        paths.properties().stream()
                .filter(path -> !path.getValue().has("servers"))
                .forEach(path -> path.getValue().properties().stream()
                        .map(operation -> operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())
                        .filter(call -> call.matches("(GET|POST|PATCH|DELETE) .*"))
                        .filter(call -> requests.stream().noneMatch(request -> isOf(call, request)))
                        .forEach(left::add));

        assertEquals(Set.of(), left);
    }

    private static boolean isOf(String call, MatchResult request) {
        String path = request.group(4).replaceFirst(".*/bitanswer/api", "").replaceFirst("\\?.*", "");
        return (request.group(3) + " " + path).matches(call.replaceAll("\\{\\w+}", "(?!data\\z)[^/]+"));
    }

    /** The requests of a file, with its variables filled in, which the environment of the editors has too. */
    private static List<MatchResult> requests(String file) throws IOException {
        String text = Files.readString(FOLDER.resolve(file));
        Map<String, String> variables = new HashMap<>();
        VARIABLE.matcher(text).results().forEach(found -> variables.put(found.group(1), found.group(2)));
        JsonNode environment = new ObjectMapper()
                .readTree(FOLDER.resolve("http-client.env.json").toFile());
        assertEquals(environment.get("dev"), new ObjectMapper().valueToTree(variables));
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            text = text.replace("{{" + variable.getKey() + "}}", variable.getValue());
        }
        return REQUEST.matcher(text + "\n").results().collect(Collectors.toList());
    }

    /** On the port of the test, as the vendor whom the demo data of tests belong to. */
    private static void send(MatchResult request) {
        RequestSpecification specification = RestAssured.given().urlEncodingEnabled(false);
        for (String header : request.group(5).split("\n")) {
            String[] nameAndValue = header.split(": ", 2);
            specification.header(nameAndValue[0], nameAndValue[1].replace("dev-bitkey", Vendors.ACME));
        }
        if (request.group(6) != null && !request.group(6).isBlank()) {
            specification.body(request.group(6).getBytes(UTF_8));
        }
        Response answer = specification.request(request.group(3), request.group(4));
        assertEquals(200, answer.statusCode(), () -> request.group(1) + ": " + answer.asString());
        assertEquals(0, answer.<Integer>path("status"), request.group(1));
    }

    private static String rows() {
        return Sql.text(
                "select string_agg(row, chr(10) order by row) from (select concat_ws('|', c.name, g.name, c.reg_date,"
                        + " c.city, c.contact, c.reference_id) row from customer_group g full join customer c"
                        + " on c.vendor = g.vendor and c.group_id = g.id) rows");
    }
}
