package backoffice.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictParserTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: v1, kind: Service, specs: {}}",
                "{apiVersion: v1, kind: Service, spec: {ports: [{prot: 80}]}}",
                "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{imagee: a}]}}}}",
                "{apiVersion: serving.knative.dev/v1, kind: Service, spec: {template: {spec: {timeout: 1}}}}",
                "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, spec: {endpoint: []}}",
                "{apiVersion: v1, kind: Servise}"
            })
    void an_unknown_field_or_kind_is_refused_at_any_depth(String manifest) {
        assertThrows(IOException.class, () -> StrictParser.parse(manifest));
    }

    @Test
    void a_field_given_twice_is_refused() {
        IOException refusal =
                assertThrows(IOException.class, () -> StrictParser.parse("kind: Service\nkind: Service\n"));

        assertThat(refusal.getMessage(), containsString("kind"));
    }
}
