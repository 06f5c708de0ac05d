package backoffice.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
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
