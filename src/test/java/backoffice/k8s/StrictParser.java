package backoffice.k8s;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Parses manifests into the typed Kubernetes model, and refuses unknown kinds and unknown fields. */
final class StrictParser {

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .setAnnotationIntrospector(new WithoutAdditionalProperties());

    private static final Map<String, Class<? extends HasMetadata>> TYPES =
            ServiceLoader.load(KubernetesResource.class).stream()
                    .map(ServiceLoader.Provider::type)
                    .filter(HasMetadata.class::isAssignableFrom)
                    .map(type -> type.<HasMetadata>asSubclass(HasMetadata.class))
                    .collect(toMap(
                            type -> HasMetadata.getApiVersion(type) + " " + HasMetadata.getKind(type), type -> type));

    private StrictParser() {}

    static List<HasMetadata> parse(String manifests) throws IOException {
        List<HasMetadata> parsed = new ArrayList<>();
        for (JsonNode manifest :
                YAML.readerFor(JsonNode.class).<JsonNode>readValues(manifests).readAll()) {
            String kind = manifest.path("apiVersion").asText() + " "
                    + manifest.path("kind").asText();
            if (!TYPES.containsKey(kind)) {
                throw new IOException("There is no kind " + kind);
            }
            parsed.add(YAML.treeToValue(manifest, TYPES.get(kind)));
        }
        return parsed;
    }

    /** Disables the additional properties of the model, which would accept unknown fields. */
    private static final class WithoutAdditionalProperties extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated member) {
            return false;
        }
    }
}
