package backoffice.k8s;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Refuses manifests with unknown kinds and unknown fields, which the schemas of Kubernetes accept. */
final class StrictParser {

    private static final ObjectMapper TYPED =
            new ObjectMapper().setAnnotationIntrospector(new WithoutAdditionalProperties());

    private static final Map<String, Class<? extends HasMetadata>> TYPES =
            ServiceLoader.load(KubernetesResource.class).stream()
                    .map(ServiceLoader.Provider::type)
                    .filter(HasMetadata.class::isAssignableFrom)
                    .map(type -> type.<HasMetadata>asSubclass(HasMetadata.class))
                    .collect(toMap(
                            type -> HasMetadata.getApiVersion(type) + " " + HasMetadata.getKind(type), type -> type));

    /** The kinds whose fields no library knows. */
    private static final String WITHOUT_MODEL =
            "(traefik|argoproj|external-secrets|postgresql\\.cnpg|.*\\.fluxcd)\\.io/.*";

    private StrictParser() {}

    static List<JsonNode> parse(String manifests) {
        List<JsonNode> objects = Json.read(manifests);
        for (JsonNode object : objects) {
            String kind = object.path("apiVersion").asText() + " "
                    + object.path("kind").asText();
            if (kind.matches(WITHOUT_MODEL)) {
                continue;
            }
            if (!TYPES.containsKey(kind)) {
                throw new IllegalArgumentException("There is no kind " + kind);
            }
            try {
                TYPED.treeToValue(object, TYPES.get(kind));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        }
        return objects;
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
