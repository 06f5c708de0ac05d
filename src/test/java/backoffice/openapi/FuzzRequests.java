package backoffice.openapi;

import backoffice.openapi.Document.Call;
import backoffice.openapi.FuzzRequest.Claim;
import backoffice.search.Fields;
import backoffice.testsupport.Api;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Generates requests, the same ones for the same seed. They are calls of the document with valid parameters and bodies.
 * Half of them are then mutated, and some are sent again.
 */
final class FuzzRequests {

    private static final Set<String> SEARCHES = Set.of("searchGroups", "searchCustomers");
    private static final int ONE_IN_TWENTY = 20;
    private static final int RARE = 100;

    private final Document document;
    private final List<Call> calls;
    private final Random random;
    private final FuzzValues values;
    private final FuzzMutations mutations;
    private FuzzRequest last;

    FuzzRequests(Document document, long seed) {
        this.document = document;
        this.calls = document.calls();
        this.random = new Random(seed);
        this.values = new FuzzValues(document, random);
        this.mutations = new FuzzMutations(random, values);
    }

    FuzzRequest next() {
        if (last == null || !values.chance(ONE_IN_TWENTY)) {
            last = another();
        }
        return last;
    }

    private FuzzRequest another() {
        FuzzRequest request = wellFormed();
        for (int more = values.chance(2) ? 0 : 1 + random.nextInt(2); more > 0; more--) {
            request = mutations.mutate(request);
        }
        return values.chance(RARE) ? mutations.costly(request) : request;
    }

    private FuzzRequest wellFormed() {
        Call call = values.oneOf(calls);
        FuzzRequest request = new FuzzRequest(
                call,
                Claim.WELL_FORMED,
                call.method(),
                Api.BASE_PATH + call.path(),
                List.of("Host: localhost", "bitkey: " + Vendors.ACME),
                null);
        String group = null;
        for (JsonNode parameter : call.parameters()) {
            String name = parameter.get("name").textValue();
            String value = values.of(parameter.get("schema"), name).asText();
            String in = parameter.get("in").textValue();
            if (in.equals("path")) {
                group = value;
                request = request.withTarget(request.target().replace("{" + name + "}", Api.segment(value)));
            } else if (values.chance(3)) {
                request = in.equals("query")
                        ? request.withParameter(name + "=" + value)
                        : request.andHeader(name + ": " + value);
            }
        }
        // A path with this name may be the path of another call, such as /customers/data.
        return matchesAnotherCall(request) ? wellFormed() : withBody(request, group);
    }

    private boolean matchesAnotherCall(FuzzRequest request) {
        return calls.stream()
                .anyMatch(other -> !other.equals(request.call())
                        && other.method().equals(request.method())
                        && request.target().equals(Api.BASE_PATH + other.path()));
    }

    private FuzzRequest withBody(FuzzRequest request, String group) {
        JsonNode schema = document.bodySchema(request.call());
        if (schema.isMissingNode()) {
            return request;
        }
        JsonNode body = body(request.call().operation().get("operationId").textValue(), schema, group);
        return body == null
                ? request
                : request.andHeader("Content-Type: application/json")
                        .withBody(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode body(String operation, JsonNode schema, String group) {
        if (SEARCHES.contains(operation)) {
            return values.search(operation.equals("searchGroups") ? Fields.GROUPS : Fields.CUSTOMERS);
        }
        JsonNode body = values.of(schema, "");
        if (operation.equals("removeMembers")) {
            body.forEach(entry ->
                    ((ObjectNode) entry).replace("groupName", values.chance(2) ? null : TextNode.valueOf(group)));
        } else if (body instanceof ArrayNode batch && !operation.equals("addMembers")) {
            removeDuplicates(batch);
        }
        return body;
    }

    /** Removes entries with the same name and group as a later entry. */
    private static void removeDuplicates(ArrayNode batch) {
        Set<List<String>> seen = new HashSet<>();
        for (int i = batch.size() - 1; i >= 0; i--) {
            JsonNode entry = batch.get(i);
            String group = entry.path("groupName").asText("");
            if (!seen.add(List.of(entry.get("name").textValue(), group))) {
                batch.remove(i);
            }
        }
    }
}
