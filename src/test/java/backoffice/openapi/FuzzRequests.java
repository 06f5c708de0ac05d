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
 * Makes requests, the same ones for the same seed: calls of the document with what their parameters and bodies may be,
 * in one writing or another, half of them damaged, and some sent again.
 */
final class FuzzRequests {

    private static final Set<String> SEARCHES = Set.of("searchGroups", "searchCustomers");
    private static final int SELDOM = 20;
    private static final int RARE = 100;

    private final Document document;
    private final List<Call> calls;
    private final Random random;
    private final FuzzValues values;
    private final FuzzDisguises disguises;
    private final FuzzDamages damages;
    private FuzzRequest last;

    FuzzRequests(Document document, long seed) {
        this.document = document;
        this.calls = document.calls();
        this.random = new Random(seed);
        this.values = new FuzzValues(document, random);
        this.disguises = new FuzzDisguises(values);
        this.damages = new FuzzDamages(random, values);
    }

    FuzzRequest next() {
        if (last == null || !values.chance(SELDOM)) {
            last = another();
        }
        return last;
    }

    private FuzzRequest another() {
        FuzzRequest request = wellFormed();
        for (int more = values.chance(2) ? 0 : 1 + random.nextInt(2); more > 0; more--) {
            request = damages.damage(request);
        }
        for (int more = random.nextInt(3); more > 0; more--) {
            request = disguises.disguise(request);
        }
        return values.chance(RARE) ? damages.costly(request) : request;
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
        // The path of another call wins over this name.
        return isOfAnother(request) ? wellFormed() : withBody(request, group);
    }

    private boolean isOfAnother(FuzzRequest request) {
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
            onceEach(batch);
        }
        return body;
    }

    /** Leaves of the customers of a name and a group one. */
    private static void onceEach(ArrayNode batch) {
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
