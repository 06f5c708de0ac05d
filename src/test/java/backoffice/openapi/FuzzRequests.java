package backoffice.openapi;

import backoffice.openapi.Document.Call;
import backoffice.search.Field;
import backoffice.search.Fields;
import backoffice.search.SearchGenerator;
import backoffice.testsupport.Api;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Generates requests, the same ones for the same seed. They are calls of the document with values that match its schemas.
 * Half of them are then mutated, and some are sent again.
 */
final class FuzzRequests {

    private static final Set<String> SEARCHES = Set.of("searchGroups", "searchCustomers");

    /** Few names, so that calls often use the same rows. {@code data} is also the last segment of the search paths. */
    private static final List<String> NAMES = List.of(
            "a", "b", "data", "甲 乙", "50%_\\", "x/y", "a+b;c?d#e&f=g", "\uD83D\uDE00", "' or 1=1 --", "é\u0301\u2028");

    private static final List<String> TIMES = List.of(
            "2026-01-05 09:00:00",
            "0001-01-01 00:00:00",
            "9999-12-31 23:59:59",
            "1991-04-14 00:30:00",
            "2024-02-29 12:00:00");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_VALUES = 40;

    private final Document document;
    private final List<Call> calls;
    private final Random random;
    private final SearchGenerator texts;
    private final FuzzMutations mutations;
    private FuzzRequest last;

    FuzzRequests(Document document, long seed) {
        this.document = document;
        this.calls = document.calls();
        this.random = new Random(seed);
        this.texts = new SearchGenerator(random);
        this.mutations = new FuzzMutations(random, texts);
    }

    FuzzRequest next() {
        if (last == null || !chance(20)) {
            last = another();
        }
        return last;
    }

    private FuzzRequest another() {
        FuzzRequest request = wellFormed();
        for (int more = chance(2) ? 0 : 1 + random.nextInt(2); more > 0; more--) {
            mutations.mutate(request);
        }
        if (chance(100)) {
            mutations.mutateAtACost(request);
        }
        return request;
    }

    private FuzzRequest wellFormed() {
        Call call = oneOf(calls);
        FuzzRequest request =
                new FuzzRequest(call, Api.BASE_PATH + call.path(), "Host: localhost", "bitkey: " + Vendors.ACME);
        String group = null;
        for (JsonNode parameter : call.parameters()) {
            String name = parameter.get("name").textValue();
            String value = value(parameter.get("schema"), name).asText();
            String in = parameter.get("in").textValue();
            if (in.equals("path")) {
                group = value;
                request.target = request.target.replace("{" + name + "}", Api.segment(value));
            } else if (chance(3) && in.equals("query")) {
                request.addParameter(name + "=" + value);
            } else if (chance(3) && in.equals("header")) {
                request.headers.add(name + ": " + value);
            }
        }
        JsonNode schema = document.bodySchema(call);
        JsonNode body = schema.isMissingNode()
                ? null
                : body(call.operation().get("operationId").textValue(), schema, group);
        if (body != null) {
            request.headers.add("Content-Type: application/json");
            request.body = body.toString().getBytes(StandardCharsets.UTF_8);
        }
        // A path with this name may be the path of another call, such as /customers/data.
        return calls.stream().anyMatch(other -> isAnother(other, request)) ? wellFormed() : request;
    }

    private static boolean isAnother(Call other, FuzzRequest request) {
        return !other.equals(request.call)
                && other.method().equals(request.method)
                && request.target.equals(Api.BASE_PATH + other.path());
    }

    private JsonNode body(String operation, JsonNode schema, String group) {
        if (SEARCHES.contains(operation)) {
            return search(operation.equals("searchGroups") ? Fields.GROUPS : Fields.CUSTOMERS);
        }
        JsonNode body = value(schema, "");
        if (operation.equals("removeMembers")) {
            body.forEach(
                    entry -> ((ObjectNode) entry).replace("groupName", chance(2) ? null : TextNode.valueOf(group)));
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

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T oneOf(List<T> items) {
        return texts.oneOf(items);
    }

    /** A value that matches a schema. */
    private JsonNode value(JsonNode reference, String member) {
        JsonNode schema = document.resolve(reference);
        List<String> types = new ArrayList<>();
        schema.get("type").elements().forEachRemaining(type -> types.add(type.textValue()));
        String type = types.isEmpty() ? schema.get("type").textValue() : oneOf(types);
        return switch (type) {
            case "object" -> object(schema);
            case "array" -> array(schema);
            case "integer" -> JSON.numberNode(number(schema));
            case "null" -> JSON.nullNode();
            default -> JSON.textNode(text(schema, member));
        };
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.textValue()));
        schema.get("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || chance(3)) {
                object.set(property.getKey(), value(property.getValue(), property.getKey()));
            }
        });
        return object;
    }

    private ArrayNode array(JsonNode schema) {
        ArrayNode array = JSON.arrayNode();
        int most = schema.get("maxItems").intValue();
        for (int length = chance(300) ? most : 1 + random.nextInt(1 + random.nextInt(4)); length > 0; length--) {
            array.add(value(schema.get("items"), ""));
        }
        return array;
    }

    private int number(JsonNode schema) {
        int least = schema.get("minimum").intValue();
        int most = schema.path("maximum").asInt(Integer.MAX_VALUE);
        return oneOf(List.of(least, most, least + random.nextInt(5), random.nextInt(least, most)));
    }

    private String text(JsonNode schema, String member) {
        if (member.equals("regDate")) {
            return oneOf(TIMES);
        }
        if (member.equals("x-bit-req-id")) {
            return "id-" + random.nextInt(chance(2) ? 20 : Integer.MAX_VALUE);
        }
        if (schema.has("maxLength") && chance(300)) {
            return Character.toString('\u4E00' + random.nextInt(9))
                    .repeat(schema.get("maxLength").intValue());
        }
        return name();
    }

    /** A name, mostly one of the first two, so that calls often find existing rows. */
    private String name() {
        return oneOf(chance(4) ? NAMES : NAMES.subList(0, 2));
    }

    /** A search, or null for all items. */
    private JsonNode search(Fields resource) {
        if (chance(10)) {
            return null;
        }
        ObjectNode search = JSON.objectNode();
        ArrayNode querys = search.putArray("querys");
        for (int i = chance(300) ? 32 : random.nextInt(4); i > 0; i--) {
            querys.add(query(oneOf(resource.fields())));
        }
        List<Field> sortable = new ArrayList<>(
                resource.fields().stream().filter(Field::sortable).toList());
        Collections.shuffle(sortable, random);
        ArrayNode sorts = search.putArray("sorts");
        sortable.stream()
                .limit(random.nextInt(sortable.size() + 1))
                .forEach(field -> sorts.addObject()
                        .put("name", field.name())
                        .put("order", oneOf(List.of("asc", "desc", "DESC"))));
        return search;
    }

    private ObjectNode query(Field field) {
        boolean time = field.type() == Field.Type.TIME;
        String op = texts.operator();
        while (time && op.endsWith("like")) {
            op = texts.operator();
        }
        ObjectNode query = JSON.objectNode()
                .put("name", field.name())
                .put("op", chance(5) ? " " + op.toUpperCase(Locale.ROOT).replace(" ", "   ") : op);
        ArrayNode values = query.putArray("values");
        int number = op.endsWith("in") && chance(300) ? MAX_VALUES : texts.numberOfValues(op);
        for (int i = number; i > 0; i--) {
            values.add(time ? time() : op.endsWith("like") ? texts.pattern(3) : chance(2) ? name() : texts.text(3));
        }
        return query;
    }

    private String time() {
        return oneOf(TIMES).substring(0, chance(2) ? 10 : 19);
    }
}
