package backoffice.k8s;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The chart with the values of the production overlay has the objects of that overlay. */
@NeedsKustomize
class ChartAndOverlayTest {

    private static final List<String> LABELS_OF_HELM = List.of(
            "app.kubernetes.io/instance", "app.kubernetes.io/managed-by", "app.kubernetes.io/version", "helm.sh/chart");

    private static Map<String, JsonNode> chart;
    private static Map<String, JsonNode> overlay;
    private static JsonNode job;

    @BeforeAll
    static void render() throws IOException {
        String values = HelmChart.LIKE_PRODUCTION + "image: {tag: 1.0.0}";
        chart = objects(HelmChart.render(values));
        overlay = objects(Kustomize.build(Path.of("k8s", "overlays", "production")));
        job = objects(HelmChart.renderWithHooks(values)).get("Job customer-groups-migration");
    }

    @Test
    void both_have_the_same_objects() {
        assertEquals(overlay.keySet(), chart.keySet());
    }

    @Test
    void each_object_is_the_same_in_both() {
        overlay.forEach((name, object) -> assertEquals(
                withoutMigration(object).toPrettyString(),
                withoutChecksum(chart.get(name)).toPrettyString(),
                name));
    }

    @Test
    void the_job_of_the_chart_migrates_as_the_init_container_of_the_overlay() {
        JsonNode pod = overlay.get("Deployment customer-groups").at("/spec/template/spec");
        ObjectNode expected = pod.at("/initContainers/0").deepCopy();
        expected.remove("envFrom");
        overlay.get("ConfigMap customer-groups")
                .get("data")
                .properties()
                .forEach(setting -> expected.withArray("env")
                        .addObject()
                        .put("name", setting.getKey())
                        .set("value", setting.getValue()));

        ObjectNode container = job.at("/spec/template/spec/containers/0").deepCopy();
        container.remove("imagePullPolicy");

        assertEquals(expected.toPrettyString(), container.toPrettyString());
    }

    private static Map<String, JsonNode> objects(String manifests) {
        return Json.read(manifests).stream()
                .map(ChartAndOverlayTest::normalized)
                .collect(toMap(
                        object -> object.get("kind").textValue() + " "
                                + object.at("/metadata/name").textValue(),
                        object -> object,
                        (one, other) -> other,
                        TreeMap::new));
    }

    /** Without the namespace, the labels of Helm and the hash that kustomize adds to a name, and with sorted keys. */
    private static JsonNode normalized(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode elements = Json.YAML.createArrayNode();
            array.forEach(element -> elements.add(normalized(element)));
            return elements;
        }
        if (node instanceof ObjectNode object) {
            Map<String, JsonNode> members = new TreeMap<>();
            object.properties().forEach(member -> members.put(member.getKey(), normalized(member.getValue())));
            LABELS_OF_HELM.forEach(members::remove);
            members.remove("namespace");
            return Json.YAML.createObjectNode().setAll(members);
        }
        return node.isTextual()
                ? Json.YAML
                        .getNodeFactory()
                        .textNode(node.textValue().replaceFirst("^(customer-groups)-[bcdfghkmt2456789]{10}$", "$1"))
                : node;
    }

    /** The chart migrates in a hook, since Helm and Argo CD know hooks. */
    private static JsonNode withoutMigration(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        if (copy.at("/spec/template/spec") instanceof ObjectNode pod) {
            pod.remove("initContainers");
        }
        return copy;
    }

    /** The chart has a ConfigMap without a hash in its name, so that Helm replaces it. */
    private static JsonNode withoutChecksum(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        if (copy.at("/spec/template/metadata") instanceof ObjectNode pod) {
            pod.remove("annotations");
            ((ObjectNode) copy.at("/spec/template/spec/containers/0")).remove("imagePullPolicy");
        }
        return copy;
    }
}
