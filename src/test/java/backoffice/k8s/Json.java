package backoffice.k8s;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.util.List;
import java.util.stream.Stream;

/** Reads YAML as JSON, and finds values in it. */
final class Json {

    static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private Json() {}

    static List<JsonNode> read(String yaml) {
        List<JsonNode> documents = Unchecked.supplier(() -> YAML.readerFor(JsonNode.class)
                        .<JsonNode>readValues(yaml)
                        .readAll())
                .get();
        return documents.stream().filter(JsonNode::isObject).toList();
    }

    /**
     * The values at a path: a JSON pointer in which {@code *} stands for all elements, {@code a,b} for two members, and
     * {@code [name=a]} for the elements with this member. Each member that is not there gives a missing node.
     */
    static List<JsonNode> find(JsonNode node, String path) {
        Stream<JsonNode> found = Stream.of(node);
        for (String token : path.substring(1).split("/")) {
            found = found.flatMap(each -> step(each, token.replace("~1", "/")));
        }
        return found.toList();
    }

    /** The texts at a path that are there. */
    static List<String> texts(JsonNode node, String path) {
        return find(node, path).stream()
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .toList();
    }

    private static Stream<JsonNode> step(JsonNode node, String token) {
        if (token.isEmpty()) {
            return Stream.of(node);
        }
        if (token.equals("*")) {
            return node.valueStream();
        }
        if (token.startsWith("[")) {
            String[] member = token.substring(1, token.length() - 1).split("=");
            List<JsonNode> found = node.valueStream()
                    .filter(each -> each.path(member[0]).asText().equals(member[1]))
                    .toList();
            return found.isEmpty() ? Stream.of(MissingNode.getInstance()) : found.stream();
        }
        return Stream.of(token.split(","))
                .map(name -> node.isArray() ? node.path(Integer.parseInt(name)) : node.path(name));
    }
}
