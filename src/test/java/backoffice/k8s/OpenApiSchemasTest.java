package backoffice.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas of a Kubernetes server, and of the extensions, accept all objects. */
@Tag("slow")
@NeedsKustomize
class OpenApiSchemasTest {

    @BeforeAll
    static void install() throws Exception {
        OpenApiSchemas.require();
    }

    @ParameterizedTest
    @MethodSource("backoffice.k8s.Manifests#overlays")
    void the_schemas_accept_each_object_of_an_overlay(String overlay) throws Exception {
        assertEquals(List.of(), OpenApiSchemas.violations(Kustomize.build(Path.of("k8s", "overlays", overlay))));
    }

    @ParameterizedTest
    @CsvSource({"ingress", "gateway-api", "priority-class"})
    void the_schemas_accept_each_object_of_a_component_of_the_samples(String sample, @TempDir Path scratch)
            throws Exception {
        Manifests.with(scratch, "production", "samples/" + sample);

        assertEquals(List.of(), OpenApiSchemas.violations(Kustomize.build(scratch)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void the_schemas_accept_each_object_of_a_sample(Path sample) throws Exception {
        assertEquals(List.of(), OpenApiSchemas.violations(Files.readString(sample)));
    }

    static List<Path> samples() throws IOException {
        try (var files = Files.list(Path.of("k8s", "samples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            apps/v1 Deployment a | {apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {}}}
            v1 Service a | {apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: "80"}]}}
            serving.knative.dev/v1 Service a | {apiVersion: serving.knative.dev/v1, kind: Service, metadata: {name: a}, spec: {traffic: [{percent: all}]}}
            monitoring.coreos.com/v1 ServiceMonitor a | {apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: a}, spec: {}}
            gateway.networking.k8s.io/v1 HTTPRoute a | {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: a}, spec: {rules: 1}}
            """)
    void a_missing_field_or_a_wrong_value_is_found(String object, String manifest) throws Exception {
        assertThat(OpenApiSchemas.violations(manifest), contains(startsWith(object + ": ")));
    }
}
