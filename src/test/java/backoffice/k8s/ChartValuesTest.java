package backoffice.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The values of the chart, their schema and their table say the same. */
class ChartValuesTest {

    @Test
    void the_table_has_each_value_with_its_default() throws IOException {
        List<String> rows = Files.readAllLines(HelmChart.CHART.resolve("README.md")).stream()
                .filter(line -> line.matches("\\| `[a-zA-Z.]+` \\|.*"))
                .map(line -> line.replaceFirst("^(\\|[^|]*\\|[^|]*\\|).*", "$1"))
                .toList();

        List<String> expected = values().entrySet().stream()
                .map(value -> "| `%s` | %s |".formatted(value.getKey(), asInTable(value.getValue())))
                .toList();

        assertEquals(String.join("\n", expected), String.join("\n", rows));
    }

    @Test
    void the_schema_has_each_value_and_refuses_others() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(HelmChart.CHART.resolve("values.schema.json").toFile());

        for (String value : values().keySet()) {
            JsonNode part = schema;
            for (String name : value.split("\\.")) {
                boolean closed = part.path("additionalProperties").isBoolean();
                part = closed ? part.path("properties").path(name) : part.path("additionalProperties");
            }
            assertTrue(part.isObject(), value);
        }
    }

    private static Map<String, JsonNode> values() throws IOException {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        collect(
                new ArrayList<>(),
                new YAMLMapper().readTree(HelmChart.CHART.resolve("values.yaml").toFile()),
                values);
        return values;
    }

    private static void collect(List<String> path, JsonNode node, Map<String, JsonNode> values) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(member -> {
                List<String> inner = new ArrayList<>(path);
                inner.add(member.getKey());
                collect(inner, member.getValue(), values);
            });
        } else {
            values.put(String.join(".", path), node);
        }
    }

    private static String asInTable(JsonNode value) {
        String text = value.isTextual() ? value.textValue() : value.toString();
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
