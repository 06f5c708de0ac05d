package backoffice.k8s;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.Bash;
import backoffice.testsupport.Programs;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each alert fires when it should, at the first time and at the second, and not because of a restart. */
class AlertsTest {

    private static final String OF_ALL_OVERLAYS = "production";

    private static Stream<JsonNode> cases() throws IOException {
        return Json.YAML
                .readTree(new File("src/test/resources/alerts/cases.yaml"))
                .propertyStream()
                .flatMap(alert ->
                        alert.getValue().valueStream().map(each -> ((ObjectNode) each).put("alert", alert.getKey())));
    }

    private static JsonNode rules(String overlay) {
        return Manifests.of(overlay).only("PrometheusRule").path("spec");
    }

    @ParameterizedTest
    @ValueSource(strings = {OF_ALL_OVERLAYS, "knative"})
    void each_alert_fires_when_it_should(String overlay, @TempDir Path directory) throws IOException {
        Programs.require("REQUIRE_PROMTOOL", "promtool");
        Json.YAML.writeValue(directory.resolve("rules.yaml").toFile(), rules(overlay));
        String tests = cases().filter(
                        given -> given.path("overlay").asText(OF_ALL_OVERLAYS).equals(overlay))
                .map(AlertsTest::test)
                .collect(joining());
        Files.writeString(
                directory.resolve("test.yaml"), "evaluation_interval: 30s\nrule_files: [rules.yaml]\ntests:\n" + tests);

        Bash.output("promtool test rules " + directory.resolve("test.yaml"));
    }

    @Test
    void every_alert_has_cases_in_which_it_fires_or_is_silent_and_cases_with_a_restart() throws IOException {
        Set<String> alerts = Set.copyOf(Json.texts(rules(OF_ALL_OVERLAYS), "/groups/*/rules/*/alert"));

        assertEquals(alerts, alerts(each -> each.has("firing")));
        assertEquals(alerts, alerts(each -> each.has("silent")));
        assertEquals(alerts, alerts(each -> each.path("name").asText().matches(".*(restart|replaces).*")));
    }

    private static Set<String> alerts(Predicate<JsonNode> condition) throws IOException {
        return cases().filter(condition)
                .map(each -> each.path("alert").asText())
                .collect(toSet());
    }

    /** A case for promtool, which has a series {@code ALERTS} for each alert that fires. */
    private static String test(JsonNode given) {
        String firing = "{alertname=\"%s\", alertstate=\"firing\""
                .formatted(given.path("alert").asText());
        String labels = given.has("labels") ? ", " + given.path("labels").asText() : "";
        StringBuilder test = new StringBuilder("- name: '%s'%n  interval: 30s%n  input_series:%n"
                .formatted(given.path("name").asText()));
        given.path("series")
                .forEachEntry((series, values) -> test.append("  - {series: '%s', values: '%s'}%n"
                        .formatted(series.replace("{", "{job=\"customer-groups\", "), values.asText())));
        test.append("  promql_expr_test:\n");
        String look = "  - {expr: 'count without (severity) (ALERTS%s})', eval_time: %s, exp_samples: [%s]}%n";
        String sample = "{labels: '%s%s}', value: 1}".formatted(firing, labels);
        given.path("silent").forEach(time -> test.append(look.formatted(firing, time.asText(), "")));
        given.path("firing").forEach(time -> test.append(look.formatted(firing, time.asText(), sample)));
        return test.toString();
    }
}
