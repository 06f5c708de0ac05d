package backoffice.cli;

import backoffice.customer.CustomerData;
import backoffice.envelope.ApiException;
import backoffice.envelope.Excerpt;
import backoffice.envelope.Problem;
import backoffice.group.Group;
import backoffice.json.StrictJsonReader;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The kinds of items that are imported and exported. An item is an object as in the API. */
enum ItemKind {
    GROUP("/customer_groups", Group.class),
    CUSTOMER("/customers", CustomerData.class);

    /** The most items of a page and of a batch. */
    static final int MAX_BATCH_SIZE = StrictJsonReader.MAX_BATCH;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    static final StrictJsonReader JSON = new StrictJsonReader(MAPPER);

    private static final int LENGTH_OF_DAY = "yyyy-MM-dd".length();
    private static final String REG_DATE = "regDate";

    final String list;
    private final Class<? extends Record> type;
    private final List<String> members;

    ItemKind(String list, Class<? extends Record> type) {
        this.list = list;
        this.type = type;
        this.members = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /** The name of the kind: the only member of its JSON line, whose value is the item. Messages use it too. */
    String singular() {
        return name().toLowerCase(Locale.ROOT);
    }

    String plural() {
        return singular() + "s";
    }

    /** What identifies an item among those of its kind. */
    static List<String> key(JsonNode item) {
        return List.of(item.path("groupName").asText(""), item.path("name").asText());
    }

    String title(JsonNode item) {
        String group = item.path("groupName").asText("");
        return singular() + " \"" + Excerpt.of(item.path("name").asText()) + "\""
                + (group.isEmpty() ? "" : " of group \"" + Excerpt.of(group) + "\"");
    }

    /**
     * Returns the members of an item that have a value.
     *
     * @param unknown takes each member that the API does not have; another server may send more
     * @throws ApiException when the item is not an object
     */
    ObjectNode clean(JsonNode item, Consumer<String> unknown) {
        if (!(item instanceof ObjectNode object)) {
            throw new ApiException(Problem.NOT_AN_OBJECT, item.toString());
        }
        object.properties().removeIf(member -> {
            if (!members.contains(member.getKey())) {
                unknown.accept(member.getKey());
                return true;
            }
            JsonNode value = member.getValue();
            return !member.getKey().equals("name")
                    && value.isValueNode()
                    && value.asText("").isEmpty();
        });
        return object;
    }

    /** Returns an item with the members of the API first and in their order, as every server exports it. */
    JsonNode ordered(JsonNode item) {
        if (!(item instanceof ObjectNode object)) {
            return item;
        }
        ObjectNode ordered = MAPPER.createObjectNode();
        members.stream().filter(object::has).forEach(member -> ordered.set(member, object.get(member)));
        return ordered.setAll(object);
    }

    /** @throws ApiException when the API refuses the item */
    void check(ObjectNode item) {
        JSON.convert(item, type);
    }

    /**
     * Whether two items with the same key differ. A {@code regDate} counts if both have one. If one of them has nothing
     * but its key, as in the list of the customers of a group, nothing counts.
     */
    boolean differ(ObjectNode one, ObjectNode other) {
        boolean isKeyAlone = Math.min(one.size(), other.size()) == (one.has("groupName") ? 2 : 1);
        return !isKeyAlone
                && members.stream()
                        .filter(member -> !member.equals(REG_DATE) || one.has(member) && other.has(member))
                        .anyMatch(member -> !value(one, member).equals(value(other, member)));
    }

    private static String value(JsonNode item, String member) {
        String value = item.path(member).asText();
        return member.equals(REG_DATE) && value.length() == LENGTH_OF_DAY ? value + " 00:00:00" : value;
    }

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree is always JSON", e);
        }
    }
}
