package backoffice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import backoffice.envelope.ApiException;
import backoffice.envelope.Status;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A source that reads a vendor from a server with this API. It pages through {@code GET /customer_groups} and
 * {@code GET /customers}. If the server does not have the second path, it reads the customers of each group instead.
 *
 * @param limit the number of items of a page, at least 2
 * @param notes takes a sentence about what cannot be read
 */
record ServerSource(ApiClient api, int limit, Consumer<String> notes) implements Source {

    @Override
    public void read(Sink sink) {
        List<JsonNode> groups = new ArrayList<>();
        readList(ItemKind.GROUP.list, (items, total) -> {
            groups.addAll(items);
            sink.take(ItemKind.GROUP, items, total);
        });
        boolean[] hasCustomers = {false};
        try {
            readList(ItemKind.CUSTOMER.list, (items, total) -> {
                hasCustomers[0] = true;
                sink.take(ItemKind.CUSTOMER, items, total);
            });
        } catch (CommandException refused) {
            if (!refused.isUnknownPath() || hasCustomers[0]) {
                throw refused;
            }
            notes.accept("The source has no GET /customers. The customers of its groups are read instead, with names "
                    + "alone. Customers without a group cannot be seen there.");
            groups.forEach(group -> readMembers(group, sink));
        }
    }

    private void readMembers(JsonNode group, Sink sink) {
        String name = group.path("name").asText();
        String title = ItemKind.GROUP.title(group);
        try {
            // A name that the API does not allow, such as "..", would make another path.
            ItemKind.GROUP.check(ItemKind.GROUP.clean(group, unknown -> {}));
            readList(ItemKind.GROUP.list + "/" + segment(name) + "/customers", (items, total) -> {
                items.stream()
                        .filter(JsonNode::isObject)
                        .forEach(item -> ((ObjectNode) item).putIfAbsent("groupName", group.get("name")));
                sink.take(ItemKind.CUSTOMER, items, null);
            });
        } catch (ApiException notAllowed) {
            notes.accept("The customers of " + title + " cannot be read.");
        } catch (CommandException refused) {
            if (refused.status != Status.NO_SUCH_GROUP.number()) {
                throw refused;
            }
            notes.accept("The source does not have " + title + " any more.");
        }
    }

    /** Percent-encodes a name, so that it is one segment of a path. */
    private static String segment(String name) {
        return URLEncoder.encode(name, UTF_8).replace("+", "%20");
    }

    private void readList(String path, BiConsumer<List<JsonNode>, Long> sink) {
        long missing = api.read(path, null, limit, sink);
        if (missing > 0) {
            notes.accept(("GET %s returned %d items fewer than its total. "
                            + "If they were added meanwhile, run the same command again.")
                    .formatted(path, missing));
        }
    }
}
