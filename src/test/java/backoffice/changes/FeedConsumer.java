package backoffice.changes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A consumer as docs/api.md, section 10, describes it: it follows the feed from the start, and keeps a copy of the
 * groups and customers. It fails on an event that does not fit its copy: one that is skipped, comes twice, or comes too
 * early.
 */
final class FeedConsumer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final String bitkey;
    private final TreeSet<String> groups = new TreeSet<>();
    private final Map<String, JsonNode> customers = new TreeMap<>();
    private String cursor;
    private int events;

    FeedConsumer(int port, String bitkey) {
        this.url = "http://localhost:" + port + "/backoffice/changes?limit=500";
        this.bitkey = bitkey;
    }

    /** Processes what comes next, and waits for it; false when nothing has come. A service that is away sends nothing. */
    boolean step(int waitSeconds) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url + (cursor == null ? "" : "&wait=" + waitSeconds + "&after=" + cursor)))
                .header("bitkey", bitkey)
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 503) {
                return false;
            }
            JsonNode batch = JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new AssertionError(response.body());
            }
            batch.forEach(this::apply);
            return !batch.isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private void apply(JsonNode event) {
        JsonNode before = event.at("/data/before");
        JsonNode after = event.at("/data/after");
        switch (event.get("type").textValue()) {
            case "backoffice.group.created" -> require(groups.add(name(after)), event);
            case "backoffice.group.renamed" -> {
                require(groups.remove(name(before)) && groups.add(name(after)), event);
                Map.copyOf(customers).values().stream()
                        .filter(customer -> customer.path("groupName").asText().equals(name(before)))
                        .forEach(customer -> move(customer, after.get("name"), event));
            }
            case "backoffice.group.deleted" -> require(groups.remove(name(before)), event);
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
        cursor = event.get("id").textValue();
        events++;
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

    static String key(JsonNode customer) {
        return customer.path("groupName").asText() + "/" + name(customer);
    }

    private static String name(JsonNode item) {
        return item.get("name").textValue();
    }

    TreeSet<String> groups() {
        return groups;
    }

    Map<String, JsonNode> customers() {
        return customers;
    }

    /** The number of events that were processed. */
    int events() {
        return events;
    }
}
