package backoffice.pagination;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.RepositoryFiles;
import backoffice.testsupport.SqlRecorder;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The SQL of each form of each list, as PostgreSQL gets it, is a file that a review shows when it changes. */
@QuarkusTest
class StatementTextsTest extends ApiTest {

    private static final Path FILE = Path.of("src/test/resources/backoffice/pagination/lists.sql");
    private static final Path WRITTEN = Path.of("target/lists.sql");
    private static final String CLAUSE =
            " (?=(from|where|order by|left join|(?<!left )join|union all|limit|fetch first|case when|offset)\\b)";

    @Test
    void each_form_of_each_list_has_the_sql_of_the_file() {
        createGroups("a");
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("groups", () -> api.get("/customer_groups"));
        calls.put("groups, far from the start", () -> api.get("/customer_groups?offset=20000"));
        calls.put("groups that a search finds", () -> search("/customer_groups", "name", "like", "%a%", ""));
        calls.put("groups in a range of names", () -> search("/customer_groups", "name", "like", "a%", ""));
        calls.put("members of a group", () -> api.get("/customer_groups/a/customers"));
        calls.put("members of a group, far from the start", () -> api.get("/customer_groups/a/customers?offset=20000"));
        calls.put("customers", () -> api.get("/customers"));
        calls.put("customers, far from the start", () -> api.get("/customers?offset=20000"));
        calls.put("customers that a search finds", () -> search("/customers", "city", "=", "a", ""));
        calls.put("customers in a range of names", () -> search("/customers", "name", "like", "a%", ""));
        calls.put("customers without certain groups", () -> search("/customers", "groupName", "!=", "a", ""));
        calls.put("customers with a part of a text", () -> search("/customers", "city", "contains", "a", ""));
        calls.put("customers with a part of any text", () -> search("/customers", "any", "contains", "a", ""));
        calls.put("customers of certain groups", () -> search("/customers", "groupName", "=", "a", ""));
        calls.put("customers by group", () -> search("/customers", "city", "=", "a", "{\"name\":\"groupName\"}"));

        String texts = calls.entrySet().stream()
                .map(call -> SqlRecorder.statements(call.getValue()).stream()
                        .filter(statement -> statement.contains(":vendor") || statement.contains("$"))
                        .filter(statement -> !statement.contains("list in ('groups', 'customers')"))
                        .map(statement ->
                                statement.strip().replaceAll("\\s+", " ").replaceAll(CLAUSE, "\n") + ";\n")
                        .collect(Collectors.joining("\n", "-- " + call.getKey() + "\n", "")))
                .collect(Collectors.joining("\n"));

        Unchecked.supplier(() -> Files.writeString(WRITTEN, texts)).get();
        assertEquals(RepositoryFiles.text(FILE), texts, "If you want the change: cp " + WRITTEN + " " + FILE);
    }

    private void search(String list, String field, String op, String value, String sort) {
        api.post(
                        list + "/data",
                        "{\"querys\":[{\"name\":\"%s\",\"op\":\"%s\",\"values\":[\"%s\"]}],\"sorts\":[%s]}"
                                .formatted(field, op, value, sort))
                .statusCode(200);
    }
}
