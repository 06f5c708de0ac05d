package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backoffice.docs.Bash;
import backoffice.testsupport.Programs;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each alert fires when it should, at the first time and at the second, and not because of a restart. Promtool runs the
 * rules. Without it the cases are skipped, or fail if the environment variable {@code REQUIRE_PROMTOOL} is true, as in CI.
 */
class AlertsTest {

    private static final Path CASES = Path.of("src", "test", "resources", "alerts", "cases.yaml");
    private static final Path RULE = Path.of("k8s", "components", "monitoring", "prometheusrule.yaml");

    @TempDir
    Path directory;

    static Stream<Named<JsonNode>> cases() throws IOException {
        return StreamSupport.stream(Json.YAML.readTree(CASES.toFile()).spliterator(), false)
                .map(each -> Named.of(alert(each) + ": " + each.path("name").asText(), each));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void an_alert_fires_when_it_should(JsonNode given) throws IOException {
        assumeTrue(
                Programs.find("promtool").isPresent() || Boolean.parseBoolean(System.getenv("REQUIRE_PROMTOOL")),
                "There is no promtool on the PATH");
        JsonNode rules = rules();
        Json.YAML.writeValue(directory.resolve("rules.yaml").toFile(), rules);
        Json.YAML.writeValue(directory.resolve("test.yaml").toFile(), test(given, severity(rules, alert(given))));

        Bash.output("promtool test rules " + directory.resolve("test.yaml"));
    }

    @Test
    void every_alert_has_cases_in_which_it_fires_and_cases_with_a_restart() throws IOException {
        Set<String> alerts = new HashSet<>(Json.texts(rules(), "/groups/*/rules/*/alert"));
        List<JsonNode> cases = cases().map(Named::getPayload).toList();

        assertEquals(
                alerts,
                cases.stream()
                        .filter(each -> each.has("firing"))
                        .map(AlertsTest::alert)
                        .collect(toSet()));
        assertEquals(
                alerts,
                cases.stream()
                        .filter(each -> each.path("name").asText().matches(".*(restart|replaces).*"))
                        .map(AlertsTest::alert)
                        .collect(toSet()));
    }

    /** The case as a file of promtool, which has a series {@code ALERTS} for each alert that fires. */
    private static JsonNode test(JsonNode given, String severity) {
        String firing = "ALERTS{alertname=\"%s\", alertstate=\"firing\"".formatted(alert(given));
        ObjectNode file = Json.YAML.createObjectNode().put("evaluation_interval", "30s");
        file.putArray("rule_files").add("rules.yaml");
        ObjectNode test = file.putArray("tests").addObject().put("interval", "30s");
        ArrayNode series = test.putArray("input_series");
        given.path("series")
                .properties()
                .forEach(each -> series.addObject()
                        .put("series", each.getKey().replace("{", "{job=\"customer-groups\", "))
                        .put("values", each.getValue().asText()));
        ArrayNode looks = test.putArray("promql_expr_test");
        for (String state : List.of("silent", "firing")) {
            for (JsonNode time : given.path(state)) {
                ObjectNode look = looks.addObject().put("expr", firing + "}").put("eval_time", time.asText());
                if (state.equals("firing")) {
                    String labels =
                            given.has("labels") ? ", " + given.path("labels").asText() : "";
                    look.putArray("exp_samples")
                            .addObject()
                            .put("labels", "%s, severity=\"%s\"%s}".formatted(firing, severity, labels))
                            .put("value", 1);
                }
            }
        }
        return file;
    }

    private static JsonNode rules() throws IOException {
        return Json.read(Files.readString(RULE)).get(0).path("spec");
    }

    private static String severity(JsonNode rules, String alert) {
        return Json.texts(rules, "/groups/*/rules/[alert=%s]/labels/severity".formatted(alert))
                .get(0);
    }

    private static String alert(JsonNode given) {
        return given.path("alert").asText();
    }
}
