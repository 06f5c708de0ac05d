package backoffice.k8s;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The pod template of a workload. */
record PodTemplate(HasMetadata workload, Map<String, String> labels, PodSpec spec) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The pod template in a manifest, or an empty stream if it has none. */
    static Stream<PodTemplate> of(HasMetadata manifest) {
        if (manifest instanceof Deployment deployment) {
            return Stream.of(of(manifest, deployment.getSpec().getTemplate()));
        }
        if (manifest instanceof StatefulSet statefulSet) {
            return Stream.of(of(manifest, statefulSet.getSpec().getTemplate()));
        }
        if (manifest instanceof io.fabric8.knative.serving.v1.Service service) {
            return Stream.of(of(manifest, MAPPER.convertValue(service.getSpec().getTemplate(), PodTemplateSpec.class)));
        }
        return Stream.empty();
    }

    private static PodTemplate of(HasMetadata workload, PodTemplateSpec template) {
        return new PodTemplate(workload, template.getMetadata().getLabels(), template.getSpec());
    }

    boolean matches(Map<String, String> selector) {
        return labels.entrySet().containsAll(selector.entrySet());
    }

    boolean isOfService() {
        return "customer-groups".equals(labels.get("app.kubernetes.io/name"));
    }

    Container container() {
        return spec.getContainers().get(0);
    }

    /** The container that migrates the schema before the service starts. */
    Container migration() {
        return spec.getInitContainers().stream()
                .filter(container -> container.getName().equals("migration"))
                .findFirst()
                .orElseThrow();
    }

    /** All containers, in the order in which they start. */
    List<Container> containers() {
        return Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream())
                .toList();
    }

    List<ContainerPort> ports() {
        return spec.getContainers().stream().flatMap(c -> c.getPorts().stream()).toList();
    }

    /** The number of a port that is given by number or by name. */
    int number(IntOrString port) {
        if (port.getIntVal() != null) {
            return port.getIntVal();
        }
        return ports().stream()
                .filter(named -> named.getName().equals(port.getStrVal()))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name() + " has no port " + port.getStrVal()));
    }

    /** The names of the volumes, those of volume claim templates included. */
    Set<String> volumes() {
        Stream<String> claimed = workload instanceof StatefulSet statefulSet
                ? statefulSet.getSpec().getVolumeClaimTemplates().stream()
                        .map(claim -> claim.getMetadata().getName())
                : Stream.empty();
        return Stream.concat(claimed, spec.getVolumes().stream().map(Volume::getName))
                .collect(toSet());
    }

    /** The names of the Secrets that the containers read, as variables or as volumes. */
    Set<String> secrets() {
        Stream<String> variables = containers().stream()
                .flatMap(container -> container.getEnv().stream())
                .map(EnvVar::getValueFrom)
                .filter(Objects::nonNull)
                .map(from -> from.getSecretKeyRef().getName());
        Stream<String> mounted = spec.getVolumes().stream()
                .map(Volume::getSecret)
                .filter(Objects::nonNull)
                .map(SecretVolumeSource::getSecretName);
        return Stream.concat(variables, mounted).collect(toSet());
    }

    String name() {
        return workload.getKind() + " " + workload.getMetadata().getName();
    }
}
