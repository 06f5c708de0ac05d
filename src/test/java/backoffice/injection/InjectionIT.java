package backoffice.injection;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.search.Operator;
import backoffice.search.SearchOracle;
import backoffice.testsupport.Api;
import backoffice.testsupport.RawConnection;
import backoffice.testsupport.RepositoryFiles;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.SqlConnection;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each text under {@code injection/} is stored and found unchanged, or refused, and changes nothing else. */
@Tag("slow")
@QuarkusIntegrationTest
class InjectionIT {

    /** The names of other rows. An injection would find, change or delete them. */
    private static final List<String> OTHER_NAMES = List.of("O'Hara", "\\b", "a", "customer", "x%", "客户");

    private static final String INITIAL_ROWS =
            """
            delete from customer; delete from customer_group; delete from stored_response;
            insert into customer_group (vendor, name)
            select vendor, name from unnest(array['acme', 'globex']) vendor, unnest(array['%s']) name;
            insert into customer (vendor, name, group_id, reg_date, reference_id)
            select vendor, name, id, '2026-01-01', name from customer_group
            """.formatted(String.join("','", OTHER_NAMES).replace("O'", "O''"));

    private static final String ROWS = """
            select string_agg(line, E'\\n' order by line) from (
                select concat_ws(' ', vendor, name) from customer_group
                union all select concat_ws(' ', g.name, to_jsonb(c) - '{id,group_id}'::text[])
                from customer c left join customer_group g on g.id = c.group_id) every (line)
            """;

    private static final List<String> TEXTS = List.of(
            "description officeNumber mobileNumber email address city country postcode contact referenceId".split(" "));

    private static final Set<String> HEADERS_OF_THE_SERVICE = Set.of("""
            date cache-control content-length content-security-policy content-type www-authenticate x-bit-req-replayed
            x-content-type-options x-correlation-id""".split("\\s"));

    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F\\x7F]");
    private static final Pattern NO_TEXT = Pattern.compile("[\\x00\\p{Cs}]");
    private static final Pattern BLANK_OR_DOTS = Pattern.compile("\\p{IsWhite_Space}*|\\.\\.?");
    private static final Pattern ENDS_IN_ESCAPE = Pattern.compile("(?s)(.*[^\\\\])?(\\\\\\\\)*\\\\");

    // Without escapes, a lone surrogate would become a question mark.
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @AutoClose
    private static SqlConnection database;

    @AutoClose
    private static RawConnection connection;

    private String rows;

    /**
     * The lines of the files under {@code injection/}. {@code \}{@code uXXXX} stands for a character that is invisible or
     * cannot stand in a line, and {@code # } begins a comment. Not every report can print a text, so cases have numbers.
     */
    static Stream<String> payloads() {
        return RepositoryFiles.below("src/test/resources/injection")
                .sorted()
                .flatMap(file -> RepositoryFiles.text(file).lines())
                .filter(line -> !line.startsWith("# "))
                .map(InjectionIT::unescaped);
    }

    private static String unescaped(String line) {
        return ESCAPE.matcher(line)
                .replaceAll(
                        escape -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))));
    }

    @BeforeAll
    static void connect() {
        database = new SqlConnection();
        connection = new RawConnection();
    }

    @BeforeEach
    void other_rows() {
        database.execute(INITIAL_ROWS);
        rows = database.text(ROWS);
    }

    @AfterEach
    void no_other_row_has_changed() {
        assertEquals(rows, database.text(ROWS));
        assertEquals("0", database.text(RowCountCheck.WRONG_ROW_COUNTS));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("payloads")
    void a_name_is_stored_and_found_unchanged_or_refused_in_every_body_and_path(String text) {
        if (isName(text)) {
            storeAndFind(text);
        } else {
            refuse(text);
        }
    }

    private void storeAndFind(String name) {
        String group = "/customer_groups/" + Api.segment(name);
        String customer = "/customers/" + Api.segment(name);
        Map<String, String> key = Map.of("name", name);
        Map<String, String> keyInGroup = Map.of("name", name, "groupName", name);

        answers(name, "POST", "/customer_groups", key);
        answers(name, "GET", group, null);
        answers("new", "PATCH", group, Map.of("name", "new"));
        answers(name, "PATCH", "/customer_groups/new", key);
        answers(name, "POST", group + "/customers", List.of(key));
        answers(name, "POST", "/customers", List.of(keyInGroup));
        answers(name, "GET", customer + "/" + Api.segment(name), null);
        answers(name, "GET", group + "/customers", null);
        answers(name, "DELETE", group + "/customers", List.of(keyInGroup));
        answers(name, "PATCH", "/customers", List.of(key));
        answers(name, "GET", customer, null);
        answers(name, "DELETE", customer, null);
        answers(name, "DELETE", group, null);
    }

    private static void refuse(String text) {
        Map<String, String> key = Map.of("name", text);
        Map<String, String> keyInGroup = Map.of("name", "a", "groupName", text);

        refused(1001, "POST", "/customer_groups", key);
        refused(1001, "PATCH", "/customer_groups/a", key);
        refused(1001, "POST", "/customer_groups/a", key);
        for (Map<String, String> entry : List.of(key, keyInGroup)) {
            refused(1001, "POST", "/customer_groups/a/customers", List.of(entry));
            refused(1001, "DELETE", "/customer_groups/a/customers", List.of(entry));
            refused(1001, "POST", "/customers", List.of(entry));
            refused(1001, "PATCH", "/customers", List.of(entry));
        }
        // Dot segments are resolved before names are checked, and a lone surrogate has no UTF-8.
        if (!text.startsWith(".") && isText(text)) {
            for (String path : List.of("/customer_groups/", "/customers/", "/customers/a/")) {
                refused(1001, "GET", path + Api.segment(text), null);
                refused(1001, "DELETE", path + Api.segment(text), null);
            }
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("payloads")
    void a_text_of_a_customer_is_stored_unchanged_or_refused(String text) {
        call(200, "POST", "/customers", List.of(Map.of("name", "new")));
        for (String member : TEXTS) {
            List<Map<String, String>> patch = List.of(Map.of("name", "new", member, text));
            if (isText(text)) {
                JsonNode answer = call(200, "PATCH", "/customers", patch);
                assertEquals(text, answer.at("/data/items/0/" + member).textValue());
            } else {
                refused(1001, "PATCH", "/customers", patch);
            }
        }
        refused(1001, "PATCH", "/customers", List.of(Map.of("name", "new", "regDate", text)));
        call(200, "DELETE", "/customers/new", null);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("payloads")
    void a_search_finds_exactly_what_its_operator_defines(String text) {
        if (isName(text)) {
            call(200, "POST", "/customer_groups", Map.of("name", text));
            call(200, "POST", "/customers", List.of(Map.of("name", text, "groupName", text, "referenceId", text)));
        }
        for (Operator operator : Operator.values()) {
            int number = operator.arity() == Operator.Arity.SOME
                    ? 1
                    : operator.arity().ordinal();
            finds(operator.wireNames().get(0), Collections.nCopies(number, text));
        }
        finds("like", List.of(text.replaceAll("[\\\\%_]", "\\\\$0")));
        refused(1002, "POST", "/customers/data", search(List.of("regDate"), "=", List.of(text)));
        if (isName(text)) {
            call(200, "DELETE", "/customers/" + Api.segment(text) + "/" + Api.segment(text), null);
            call(200, "DELETE", "/customer_groups/" + Api.segment(text), null);
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("payloads")
    void an_unknown_field_operator_member_or_number_is_refused(String word) {
        for (String resource : List.of("/customers", "/customer_groups")) {
            String search = resource + "/data";
            refused(1002, "POST", search, search(List.of(word), "=", List.of("a")));
            refused(1002, "POST", search, search(List.of("name"), word, List.of("a")));
            // A member whose name has a lone surrogate is malformed JSON.
            int unknown = StandardCharsets.UTF_8.newEncoder().canEncode(word) ? 1002 : 1001;
            refused(unknown, "POST", search, Map.of("querys", List.of(Map.of("name", "name", word, "a"))));
            refused(1002, "POST", search, Map.of("sorts", List.of(Map.of("name", word))));
            refused(1002, "POST", search, Map.of("sorts", List.of(Map.of("name", "name", "order", word))));
            refused(1001, "POST", search, Map.of(word, List.of()));
            refused(1001, "GET", resource + "?limit=" + Api.segment(word), null);
            refused(1001, "GET", resource + "?offset=" + Api.segment(word), null);
            call(200, "GET", resource + "?" + Api.segment(word) + "=1", null);
        }
        refused(1001, "POST", "/customer_groups", Map.of("name", "new", word, "x"));
        refused(1001, "POST", "/customers", List.of(Map.of("name", "new", word, "x")));
        refused(1001, "PATCH", "/customers", List.of(Map.of("name", "a", word, "x")));
        refused(1001, "POST", "/customer_groups/a/customers", List.of(Map.of("name", "new", word, "x")));
        refused(1001, "DELETE", "/customer_groups/a/customers", List.of(Map.of("name", "a", word, "x")));
    }

    static Stream<String> headerValues() {
        return payloads().filter(payload -> !CONTROL.matcher(payload).find());
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("headerValues")
    void an_invalid_header_is_refused(String value) {
        Map<String, String> existing = Map.of("name", "a");
        boolean id =
                new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1).matches("[!-~]{1,128}");

        call(401, "GET", "/customer_groups", null, "bitkey: " + value);
        call(404, "GET", "/customer_groups/nobody", null, "Accept-Language: " + value);
        call(415, "POST", "/customer_groups", existing, "Content-Type: " + value);
        for (int time = 0; time < 2; time++) {
            call(id ? 200 : 400, "POST", "/customer_groups", existing, "x-bit-req-id: " + value);
        }
    }

    private void answers(String name, String method, String path, Object body) {
        JsonNode items = call(200, method, path, body).at("/data/items");
        assertEquals(1, items.size());
        assertEquals(name, items.at("/0/name").textValue());
        assertEquals(name, items.at("/0/groupName").asText(name));
    }

    /** Searches groups by name, and customers by name, groupName and referenceId, which are all equal here. */
    private void finds(String op, List<String> values) {
        Object groups = search(List.of("name"), op, values);
        Object customers = search(List.of("name", "groupName", "referenceId"), op, values);
        boolean pattern = op.endsWith("like");
        String value = String.join("", values);
        if (!isText(value) || pattern && ENDS_IN_ESCAPE.matcher(value).matches()) {
            refused(1002, "POST", "/customer_groups/data", groups);
            refused(1002, "POST", "/customers/data", customers);
        } else {
            String found = database.text("select coalesce(string_agg(name, e'\\n' order by name collate \"C\"), '')"
                    + " from customer_group where vendor = 'acme' and " + SearchOracle.condition("name", op, values));
            assertEquals(found, names("/customer_groups/data", groups), op);
            assertEquals(found, names("/customers/data", customers), op);
        }
    }

    /** The names that a search finds, one a line. */
    private static String names(String path, Object search) {
        return String.join(
                "\n", call(200, "POST", path, search).at("/data/items").findValuesAsText("name"));
    }

    private static Object search(List<String> fields, String op, List<String> values) {
        return Map.of(
                "querys",
                fields.stream()
                        .map(field -> Map.of("name", field, "op", op, "values", values))
                        .toList());
    }

    /** Makes a call that must get this HTTP code and no header that the service does not set, and returns the envelope. */
    private static JsonNode call(int code, String method, String path, Object body, String... headers) {
        boolean keyGiven = Stream.of(headers).anyMatch(line -> line.startsWith("bitkey:"));
        String key = keyGiven ? "" : "bitkey: " + Vendors.ACME + "\r\n";
        String lines = Stream.of(headers).map(line -> line + "\r\n").collect(joining());
        String json = body == null
                ? ""
                : Unchecked.supplier(() -> JSON.writeValueAsString(body)).get();
        String request = method + " " + Api.BASE_PATH + path + " HTTP/1.1\r\nHost: localhost\r\n" + key + lines
                + "Content-Length: " + json.length() + "\r\n\r\n" + json;

        String answer = connection.send(request.getBytes(StandardCharsets.UTF_8), true);

        String[] parts = answer.split("\r\n\r\n", 2);
        assertEquals("HTTP/1.1 " + code, parts[0].substring(0, 12), answer);
        parts[0].lines()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
                .forEach(header -> assertTrue(HEADERS_OF_THE_SERVICE.contains(header), answer));
        return Unchecked.supplier(() -> JSON.readTree(parts[1])).get();
    }

    private static void refused(int status, String method, String path, Object body) {
        assertEquals(status, call(400, method, path, body).get("status").intValue());
    }

    private static boolean isName(String text) {
        return isText(text)
                && !CONTROL.matcher(text).find()
                && !BLANK_OR_DOTS.matcher(text).matches();
    }

    private static boolean isText(String text) {
        return !NO_TEXT.matcher(text).find();
    }
}
