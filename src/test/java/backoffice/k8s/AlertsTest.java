package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.Bash;
import backoffice.testsupport.Programs;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each alert fires when it should, at the first time and at the second, and not because of a restart. */
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
        Programs.require("REQUIRE_PROMTOOL", "promtool");
        JsonNode rules = rules();
        Json.YAML.writeValue(directory.resolve("rules.yaml").toFile(), rules);
        Files.writeString(directory.resolve("test.yaml"), test(given, severity(rules, alert(given))));

        Bash.output("promtool test rules " + directory.resolve("test.yaml"));
    }

    @Test
    void every_alert_has_cases_in_which_it_fires_and_cases_with_a_restart() throws IOException {
        Set<String> alerts = new HashSet<>(Json.texts(rules(), "/groups/*/rules/*/alert"));
        List<JsonNode> cases = cases().map(Named::getPayload).toList();

        assertEquals(alerts, alerts(cases, each -> each.has("firing")));
        assertEquals(alerts, alerts(cases, each -> each.path("name").asText().matches(".*(restart|replaces).*")));
    }

    private static Set<String> alerts(List<JsonNode> cases, Predicate<JsonNode> condition) {
        return cases.stream().filter(condition).map(AlertsTest::alert).collect(toSet());
    }

    /** The case as a file of promtool, which has a series {@code ALERTS} for each alert that fires. */
    private static String test(JsonNode given, String severity) {
        String firing = "ALERTS{alertname=\"%s\", alertstate=\"firing\"".formatted(alert(given));
        String labels = given.has("labels") ? ", " + given.path("labels").asText() : "";
        StringBuilder file = new StringBuilder(
                "evaluation_interval: 30s\nrule_files: [rules.yaml]\ntests:\n" + "- interval: 30s\n  input_series:\n");
        given.path("series")
                .properties()
                .forEach(each -> file.append("  - {series: '%s', values: '%s'}%n"
                        .formatted(
                                each.getKey().replace("{", "{job=\"customer-groups\", "),
                                each.getValue().asText())));
        file.append("  promql_expr_test:\n");
        String look = "  - {expr: '%s}', eval_time: %s, exp_samples: [%s]}%n";
        String sample = "{labels: '%s, severity=\"%s\"%s}', value: 1}".formatted(firing, severity, labels);
        given.path("silent").forEach(time -> file.append(look.formatted(firing, time.asText(), "")));
        given.path("firing").forEach(time -> file.append(look.formatted(firing, time.asText(), sample)));
        return file.toString();
    }

    private static JsonNode rules() {
        return Json.read(Manifests.read(RULE)).get(0).path("spec");
    }

    private static String severity(JsonNode rules, String alert) {
        return Json.texts(rules, "/groups/*/rules/[alert=%s]/labels/severity".formatted(alert))
                .get(0);
    }

    private static String alert(JsonNode given) {
        return given.path("alert").asText();
    }
}
