package backoffice.openapi;

import backoffice.envelope.Status;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The OpenAPI document that the service serves. References are resolved. */
record Document(JsonNode root) {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    record Call(String method, String path, JsonNode operation, List<JsonNode> parameters) {

        /** Method and path, such as {@code GET /customers/{name}}. */
        String name() {
            return method + " " + path;
        }
    }

    record Answer(Call call, String example, int code, String description, JsonNode body) {

        int status() {
            return body.get("status").intValue();
        }

        @Override
        public String toString() {
            return call.name() + ": " + code + " " + example;
        }
    }

    static Document served() {
        String json = RestAssured.get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return Unchecked.supplier(() -> new Document(new ObjectMapper().readTree(json)))
                .get();
    }

    static Status status(int number) {
        return Stream.of(Status.values())
                .filter(status -> status.number() == number)
                .findFirst()
                .orElseThrow();
    }

    /** The calls that exist with every configuration. */
    List<Call> calls() {
        return allCalls().stream()
                .filter(call -> !call.path().startsWith("/backoffice/"))
                .toList();
    }

    List<Call> allCalls() {
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
                                    resolve(example.getValue()).get("value")));
                })
                .toList();
    }

    /** The schema of the body of a call, or a missing node if the call has no body. */
    JsonNode bodySchema(Call call) {
        return resolve(resolve(call.operation().path("requestBody")).at("/content/application~1json/schema"));
    }

    /** The node itself, or the node that its {@code $ref} refers to. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").textValue().substring(1)) : node;
    }
}
