package backoffice.changes;

import backoffice.testsupport.Api;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A copy of the groups and customers of a vendor that applies the events of the feed, as docs/api.md, section 10.1,
 * describes them. It fails on an event that does not fit: one that is skipped, comes twice, or comes too early.
 *
 * @param groups the names of the groups
 * @param customers the customers, by group and name
 */
public record FeedCopy(TreeSet<String> groups, TreeMap<String, JsonNode> customers) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public FeedCopy() {
        this(new TreeSet<>(), new TreeMap<>());
    }

    /** What the API returns at present. */
    public static FeedCopy read(int port, String bitkey) {
        FeedCopy copy = new FeedCopy();
        items(port, bitkey, "/customer_groups").forEach(group -> copy.groups.add(name(group)));
        items(port, bitkey, "/customers").forEach(customer -> copy.customers.put(key(customer), customer));
        return copy;
    }

    /** Another copy of the same groups and customers. */
    public FeedCopy copy() {
        return new FeedCopy(new TreeSet<>(groups), new TreeMap<>(customers));
    }

    /** Applies an event of the feed. */
    public void apply(JsonNode event) {
        JsonNode before = event.at("/data/before");
        JsonNode after = event.at("/data/after");
        switch (event.get("type").textValue()) {
            case "backoffice.group.created" -> require(groups.add(name(after)), event);
            case "backoffice.group.renamed" -> {
                require(groups.remove(name(before)) && groups.add(name(after)), event);
                membersOf(before).forEach(customer -> move(customer, after.get("name"), event));
            }
            case "backoffice.group.deleted" ->
                require(groups.remove(name(before)) && membersOf(before).isEmpty(), event);
            case "backoffice.customer.created" -> require(customers.put(key(after), after) == null, event);
            case "backoffice.customer.changed" -> require(before.equals(customers.put(key(before), after)), event);
            case "backoffice.customer.moved" -> {
                JsonNode stored = customers.get(key(before));
                require(stored != null, event);
                move(stored, after.get("groupName"), event);
            }
            case "backoffice.customer.deleted" -> require(before.equals(customers.remove(key(before))), event);
            default -> throw new AssertionError(event);
        }
        require(after.isMissingNode() || !after.has("groupName") || groups.contains(group(after)), event);
    }

    private List<JsonNode> membersOf(JsonNode group) {
        return customers.values().stream()
                .filter(customer -> group(customer).equals(name(group)))
                .toList();
    }

    private void move(JsonNode customer, JsonNode group, JsonNode event) {
        customers.remove(key(customer));
        ObjectNode moved = customer.deepCopy();
        if (group == null) {
            moved.remove("groupName");
        } else {
            moved.set("groupName", group);
        }
        require(customers.put(key(moved), moved) == null, event);
    }

    private static void require(boolean fits, JsonNode event) {
        if (!fits) {
            throw new AssertionError("This event does not fit the copy: " + event);
        }
    }

    private static String key(JsonNode customer) {
        return group(customer) + "/" + name(customer);
    }

    private static String group(JsonNode customer) {
        return customer.path("groupName").asText();
    }

    private static String name(JsonNode item) {
        return item.get("name").textValue();
    }

    private static List<JsonNode> items(int port, String bitkey, String list) {
        List<JsonNode> items = new ArrayList<>();
        int total;
        do {
            JsonNode page = json(Api.as(bitkey)
                    .on(port)
                    .get(list + "?limit=1000&offset=" + items.size())
                    .extract()
                    .asString());
            page.at("/data/items").forEach(items::add);
            total = page.at("/data/total").intValue();
        } while (items.size() < total);
        return items;
    }

    static JsonNode json(String text) {
        return Unchecked.supplier(() -> JSON.readTree(text)).get();
    }
}
