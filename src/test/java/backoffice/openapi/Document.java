package backoffice.openapi;

import backoffice.envelope.Status;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The OpenAPI document that the service serves. References are resolved. */
record Document(JsonNode root) {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /**
     * A call of the document.
     *
     * @param name method and path, such as {@code GET /customers/{name}}
     */
    record Call(String name, String method, String path, JsonNode operation, List<JsonNode> parameters) {}

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
        String json = RestAssured.given()
                .queryParam("format", "json")
                .get("/q/openapi")
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
        List<Call> calls = new ArrayList<>();
        each(
                root.get("paths"),
                (path, item) -> each(item, (method, operation) -> {
                    if (METHODS.contains(method)) {
                        List<JsonNode> parameters = Stream.of(item, operation)
                                .flatMap(owner -> elements(owner.path("parameters")))
                                .toList();
                        String verb = method.toUpperCase(Locale.ROOT);
                        calls.add(new Call(verb + " " + path, verb, path, operation, parameters));
                    }
                }));
        return calls;
    }

    List<Answer> answers(Call call) {
        List<Answer> answers = new ArrayList<>();
        each(call.operation().get("responses"), (code, response) -> {
            JsonNode examples = response.at("/content/application~1json/examples");
            each(
                    examples,
                    (name, example) -> answers.add(new Answer(
                            call,
                            name,
                            Integer.parseInt(code),
                            response.path("description").asText(),
                            example.get("value"))));
        });
        return answers;
    }

    /** The schema of the body of a call, or a missing node if the call has no body. */
    JsonNode bodySchema(Call call) {
        return resolve(resolve(call.operation().path("requestBody")).at("/content/application~1json/schema"));
    }

    /** The node itself, or the node that its {@code $ref} refers to. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").textValue().substring(1)) : node;
    }

    private Stream<JsonNode> elements(JsonNode array) {
        return Stream.iterate(0, i -> i < array.size(), i -> i + 1).map(i -> resolve(array.get(i)));
    }

    private void each(JsonNode object, BiConsumer<String, JsonNode> member) {
        object.properties().forEach(next -> member.accept(next.getKey(), resolve(next.getValue())));
    }
}
