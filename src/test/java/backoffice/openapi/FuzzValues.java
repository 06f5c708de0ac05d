package backoffice.openapi;

import backoffice.search.Field;
import backoffice.search.Fields;
import backoffice.search.SearchGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Generates values that match a schema of the document. It uses few names, so that calls often use the same rows. */
final class FuzzValues {

    /** The names. {@code data} is also the last segment of the search paths. */
    private static final List<String> NAMES = List.of(
            "a", "b", "data", "甲 乙", "50%_\\", "x/y", "a+b;c?d#e&f=g", "\uD83D\uDE00", "' or 1=1 --", "é\u0301\u2028");

    private static final List<String> TIMES = List.of(
            "2026-01-05 09:00:00",
            "0001-01-01 00:00:00",
            "9999-12-31 23:59:59",
            "1991-04-14 00:30:00",
            "2024-02-29 12:00:00");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int RARE = 300;
    private static final int MAX_VALUES = 40;

    private final Document document;
    private final Random random;
    private final SearchGenerator texts;

    FuzzValues(Document document, Random random) {
        this.document = document;
        this.random = random;
        this.texts = new SearchGenerator(random);
    }

    boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    <T> T oneOf(List<T> items) {
        return texts.oneOf(items);
    }

    JsonNode of(JsonNode reference, String member) {
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
                object.set(property.getKey(), of(property.getValue(), property.getKey()));
            }
        });
        return object;
    }

    private ArrayNode array(JsonNode schema) {
        ArrayNode array = JSON.arrayNode();
        int most = schema.get("maxItems").intValue();
        for (int length = chance(RARE) ? most : 1 + random.nextInt(1 + random.nextInt(4)); length > 0; length--) {
            array.add(of(schema.get("items"), ""));
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
        if (schema.has("maxLength") && chance(RARE)) {
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
    JsonNode search(Fields resource) {
        if (chance(10)) {
            return null;
        }
        ObjectNode search = JSON.objectNode();
        ArrayNode querys = search.putArray("querys");
        for (int i = chance(RARE) ? 32 : random.nextInt(4); i > 0; i--) {
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
        int number = op.endsWith("in") && chance(RARE) ? MAX_VALUES : texts.numberOfValues(op);
        for (int i = number; i > 0; i--) {
            values.add(time ? time() : op.endsWith("like") ? texts.pattern(3) : chance(2) ? name() : texts.text(3));
        }
        return query;
    }

    private String time() {
        return oneOf(TIMES).substring(0, chance(2) ? 10 : 19);
    }
}
