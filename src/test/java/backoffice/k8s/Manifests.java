package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import backoffice.docs.Bash;
import backoffice.testsupport.Programs;
import backoffice.testsupport.RepositoryFiles;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Kubernetes objects that belong together, such as those of an overlay. */
record Manifests(List<JsonNode> all) {

    static final String CONTAINERS = "/spec/initContainers,containers/*";

    /** The kinds whose fields no library knows. */
    private static final String WITHOUT_MODEL =
            "(traefik|argoproj|external-secrets|postgresql\\.cnpg|.*\\.fluxcd)\\.io/.*";

    private static final KubernetesSerialization MODEL = new KubernetesSerialization();

    /** Without the additional properties of the model, which would accept unknown fields. */
    private static final ObjectMapper TYPED = new ObjectMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {

                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated member) {
                    return false;
                }
            });

    private static final ConfigSource PROPERTIES = Unchecked.supplier(
                    () -> new PropertiesConfigSource(Manifests.class.getResource("/application.properties")))
            .get();

    private static final Path OVERLAYS = Path.of("k8s", "overlays");
    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

    static List<String> overlays() {
        return Stream.of(OVERLAYS.toFile().list()).sorted().toList();
    }

    /** The objects of {@link #text}. */
    static Manifests of(String name) {
        return RENDERED.computeIfAbsent(name, each -> parse(text(each)));
    }

    /** Refuses unknown kinds and unknown fields, which the schemas of Kubernetes accept. */
    static Manifests parse(String manifests) {
        List<JsonNode> objects = Json.read(manifests);
        for (JsonNode object : objects) {
            String version = object.path("apiVersion").asText();
            if (!version.matches(WITHOUT_MODEL)) {
                String kind = object.path("kind").asText();
                Class<?> type = MODEL.getRegisteredKubernetesResource(version, kind);
                assertNotNull(type, () -> "There is no kind " + version + " " + kind);
                TYPED.convertValue(object, type);
            }
        }
        return new Manifests(objects);
    }

    /**
     * The manifests of an overlay, or of production with one more component such as {@code production+samples/ingress}, or
     * a file such as {@code samples/backup.yaml}.
     */
    static String text(String name) {
        String[] overlayAndComponent = name.split("\\+");
        if (overlayAndComponent.length == 2) {
            return production("components:\n  - ../../k8s/" + overlayAndComponent[1]);
        }
        return name.endsWith(".yaml") ? RepositoryFiles.text(Path.of("k8s", name)) : kustomize(OVERLAYS.resolve(name));
    }

    /** The manifests of production with more lines in its kustomization. */
    static String production(String lines) {
        String kustomization = "resources:\n  - ../../k8s/overlays/production\n" + lines;
        return Unchecked.supplier(() -> {
                    Path folder = Files.createTempDirectory(Path.of("target"), "kustomize");
                    Files.writeString(folder.resolve("kustomization.yaml"), kustomization);
                    return kustomize(folder);
                })
                .get();
    }

    private static String kustomize(Path folder) {
        Path program = Programs.require("REQUIRE_KUSTOMIZE", "kustomize", "kubectl");
        return Bash.output(program + (program.endsWith("kustomize") ? " build " : " kustomize ") + folder);
    }

    /**
     * The objects of a kind. {@code Pod} stands for the pod templates of all workloads, {@code Api} for that of the
     * service, {@code KnativeService} for a Service of Knative, and {@code *} for all objects.
     */
    List<JsonNode> all(String kind) {
        return switch (kind) {
            case "*" -> all;
            case "Pod" -> all.stream().flatMap(Manifests::pod).toList();
            case "Api" ->
                all("Pod").stream().filter(pod -> component(pod).equals("api")).toList();
            default -> all.stream().filter(each -> kind(each).equals(kind)).toList();
        };
    }

    JsonNode only(String kind) {
        List<JsonNode> found = all(kind);
        assertEquals(1, found.size(), () -> "objects of kind " + kind);
        return found.get(0);
    }

    Optional<JsonNode> named(String kind, String name) {
        return all(kind).stream().filter(each -> name(each).equals(name)).findFirst();
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    /** Whether the labels of an object are those of a selector. */
    static boolean matches(JsonNode object, JsonNode selector) {
        JsonNode labels = object.at("/metadata/labels");
        return selector.propertyStream().allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
    }

    /** The part of the service to which an object belongs, such as {@code api}. */
    static String component(JsonNode object) {
        return object.at("/metadata/labels/app.kubernetes.io~1component").asText();
    }

    /** The names of the Secrets that a pod reads, as variables or as volumes. */
    static Set<String> secrets(JsonNode pod) {
        return Stream.of(
                        CONTAINERS + "/env/*/valueFrom/secretKeyRef/name",
                        CONTAINERS + "/envFrom/*/secretRef/name",
                        "/spec/volumes/*/secret/secretName")
                .flatMap(path -> Json.texts(pod, path).stream())
                .collect(toSet());
    }

    /** A setting of the service: a variable of the ConfigMaps, or else application.properties with the profile prod. */
    String setting(String name) {
        String variable = name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        Optional<String> ofConfigMap = all("ConfigMap").stream()
                .flatMap(map -> Json.texts(map, "/data/" + variable).stream())
                .findFirst();
        return ofConfigMap
                .or(() -> Optional.ofNullable(PROPERTIES.getValue("%prod." + name)))
                .orElseGet(() -> PROPERTIES.getValue(name));
    }

    /** How long a pod takes to end at most. */
    Duration shutdown() {
        return DurationConverter.parseDuration(setting("quarkus.shutdown.delay"))
                .plus(DurationConverter.parseDuration(setting("quarkus.shutdown.timeout")));
    }

    private static String kind(JsonNode object) {
        boolean knative = object.path("apiVersion").asText().startsWith("serving.knative.dev/");
        return (knative ? "Knative" : "") + object.path("kind").asText();
    }

    private static Stream<JsonNode> pod(JsonNode object) {
        return switch (kind(object)) {
            case "Deployment", "StatefulSet", "KnativeService" -> Stream.of(object.at("/spec/template"));
            case "CronJob" -> Stream.of(object.at("/spec/jobTemplate/spec/template"));
            default -> Stream.empty();
        };
    }
}
