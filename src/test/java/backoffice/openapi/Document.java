package backoffice.openapi;

import backoffice.envelope.Status;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.restassured.RestAssured;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The OpenAPI document that the service serves. References are resolved. It keeps the schemas that it has parsed. */
record Document(JsonNode root, Map<JsonNode, Schema> parsed) {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(Dialects.getOpenApi31());

    private static final String NAME = "^[^\\u0000-\\u001f\\u007f]*"
            + "[^\\u0000-\\u0020\\u007f\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]"
            + "[^\\u0000-\\u001f\\u007f]*$";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    record Call(String method, String path, JsonNode operation, List<JsonNode> parameters) {

        /** Method and path, such as {@code GET /customers/{name}}. */
        String name() {
            return method + " " + path;
        }
    }

    /** @param query of the request, for parameters whose value no example can have because its schema refuses it */
    record Answer(Call call, String example, int code, String description, String query, JsonNode body) {

        int status() {
            return body.get("status").intValue();
        }

        @Override
        public String toString() {
            return call.name() + ": " + code + " " + example;
        }
    }

    static Document served() {
        return new Document(RestAssured.get("/q/openapi?format=json").as(JsonNode.class), new HashMap<>());
    }

    static Status status(int number) {
        return Stream.of(Status.values())
                .filter(status -> status.number() == number)
                .findFirst()
                .orElseThrow();
    }

    List<Call> calls() {
        return root.get("paths").propertyStream().flatMap(this::calls).toList();
    }

    private Stream<Call> calls(Map.Entry<String, JsonNode> path) {
        JsonNode item = path.getValue();
        return item.propertyStream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .map(operation -> new Call(
                        operation.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        operation.getValue(),
                        Stream.of(item, operation.getValue())
                                .flatMap(owner -> owner.path("parameters").valueStream())
                                .map(this::resolve)
                                .toList()));
    }

    /**
     * The same document for tests of the answers: no object may have a member that the document does not name, and a name
     * has the pattern that not each language of a client could read.
     */
    Document strict() {
        JsonNode strict = root.deepCopy();
        strict.findParents("additionalProperties")
                .forEach(schema -> ((ObjectNode) schema).put("additionalProperties", false));
        ((ObjectNode) strict.at("/components/schemas/Name")).put("pattern", NAME);
        return new Document(strict, new HashMap<>());
    }

    List<Answer> answers(Call call) {
        return call.operation()
                .get("responses")
                .propertyStream()
                .flatMap(code -> {
                    JsonNode response = resolve(code.getValue());
                    return response.at("/content/application~1json/examples")
                            .propertyStream()
                            .map(example -> new Answer(
                                    call,
                                    example.getKey(),
                                    Integer.parseInt(code.getKey()),
                                    response.path("description").asText(),
                                    resolve(example.getValue()).path("summary").asText(),
                                    resolve(example.getValue()).get("value")));
                })
                .toList();
    }

    /** The schema of the answers of a call with an HTTP code. */
    JsonNode answerSchema(Call call, int code) {
        return resolve(resolve(call.operation().at("/responses/" + code)).at("/content/application~1json/schema"));
    }

    /** The schema of the body of a call, or a missing node if the call has no body. */
    JsonNode bodySchema(Call call) {
        return resolve(resolve(call.operation().path("requestBody")).at("/content/application~1json/schema"));
    }

    /** The node itself, or the node that its {@code $ref} refers to. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").textValue().substring(1)) : node;
    }

    /** The schema and those of its members and items, and so on. */
    Stream<JsonNode> schemas(JsonNode reference) {
        JsonNode schema = resolve(reference);
        Stream<JsonNode> members = schema.path("properties").valueStream();
        Stream<JsonNode> items = Stream.of(schema.path("items")).filter(JsonNode::isObject);
        return Stream.concat(Stream.of(schema), Stream.concat(members, items).flatMap(this::schemas));
    }

    /** What is wrong with a value. The schema gets the components that it may refer to. */
    List<Error> errors(JsonNode schema, JsonNode value) {
        return parsed.computeIfAbsent(
                        schema,
                        s -> SCHEMAS.getSchema(s.<ObjectNode>deepCopy().set("components", root.get("components"))))
                .validate(value);
    }
}
