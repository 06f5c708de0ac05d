package backoffice.cli;

import backoffice.customer.CustomerData;
import backoffice.envelope.ApiException;
import backoffice.envelope.Excerpt;
import backoffice.envelope.Problem;
import backoffice.group.Group;
import backoffice.json.StrictJsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of items that are imported and exported. An item is an object as in the API. */
enum ItemKind {
    GROUP("group", "/customer_groups", Group.class),
    CUSTOMER("customer", "/customers", CustomerData.class);

    private static final ObjectMapper MAPPER = new ObjectMapper();
    static final StrictJsonReader JSON = new StrictJsonReader(MAPPER);

    /** The only member of the JSON line of an item, whose value is the item. Messages use it too. */
    final String singular;

    final String path;
    private final Class<? extends Record> type;
    private final List<String> members;

    ItemKind(String singular, String path, Class<? extends Record> type) {
        this.singular = singular;
        this.path = path;
        this.type = type;
        this.members = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    String plural() {
        return singular + "s";
    }

    /** What identifies an item among those of its kind. */
    static List<String> key(JsonNode item) {
        return List.of(item.path("groupName").asText(""), item.path("name").asText());
    }

    /** Whether a source has nothing of a customer but its key. */
    static boolean isKeyAlone(ObjectNode customer) {
        return customer.size() == (customer.has("groupName") ? 2 : 1);
    }

    /** The different values of a member, without those of items that do not have it. */
    static Set<String> values(Collection<ObjectNode> items, String member) {
        return items.stream()
                .filter(item -> item.has(member))
                .map(item -> item.get(member).asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The path of the customers of a group. Percent-encoded, the name is one segment. */
    static String membersPath(String group) {
        return GROUP.path + "/"
                + URLEncoder.encode(group, StandardCharsets.UTF_8).replace("+", "%20") + "/customers";
    }

    String title(JsonNode item) {
        String group = item.path("groupName").asText("");
        return (item instanceof LineItem ofFile ? "line " + ofFile.line + ": " : "") + singular + " \""
                + Excerpt.of(item.path("name").asText()) + "\""
                + (group.isEmpty() ? "" : " of group \"" + Excerpt.of(group) + "\"");
    }

    /**
     * Returns the members of an item that have a value, in the form of the API.
     *
     * @param report counts the members that the API does not have; another server may send more
     * @throws ApiException when the API refuses the item
     */
    ObjectNode clean(JsonNode item, Report report) {
        if (!(item instanceof ObjectNode object)) {
            throw new ApiException(Problem.NOT_AN_OBJECT, item.toString());
        }
        object.properties().removeIf(member -> {
            boolean isKnown = members.contains(member.getKey());
            if (!isKnown) {
                String name = singular + "." + Excerpt.of(member.getKey());
                report.count("unknown member", name + ", not imported", 1);
            }
            JsonNode value = member.getValue();
            return !isKnown || value.isValueNode() && value.asText("").isEmpty();
        });
        if (JSON.convert(object, type) instanceof CustomerData customer && customer.regDate() != null) {
            object.put("regDate", customer.regDate().toString());
        }
        return object;
    }

    /** Returns a line of an export: the members of the API come first and in their order, as every server exports it. */
    String line(JsonNode item) {
        ObjectNode ordered = MAPPER.createObjectNode();
        members.stream().filter(item::has).forEach(member -> ordered.set(member, item.get(member)));
        item.properties().forEach(member -> ordered.set(member.getKey(), member.getValue()));
        return MAPPER.createObjectNode().set(singular, ordered).toString();
    }

    static byte[] bytes(Object value) {
        return MAPPER.valueToTree(value).toString().getBytes(StandardCharsets.UTF_8);
    }
}
