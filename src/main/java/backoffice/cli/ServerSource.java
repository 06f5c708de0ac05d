package backoffice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import backoffice.envelope.Status;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A source that reads a vendor from a server with this API. It reads the lists of groups and of customers by their search,
 * or by offset if the server does not answer it. If the server does not have the list of customers, it reads the customers
 * of each group instead.
 *
 * @param notes takes a sentence about what cannot be read
 */
record ServerSource(ApiClient api, Consumer<String> notes) implements Source {

    @Override
    public void read(Sink sink) {
        List<JsonNode> groups = new ArrayList<>();
        readList(ItemKind.GROUP, (items, total) -> {
            groups.addAll(items);
            sink.take(ItemKind.GROUP, items, total);
        });
        boolean[] hasCustomers = {false};
        try {
            readList(ItemKind.CUSTOMER, (items, total) -> {
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
        JsonNode name = group.path("name");
        if (!canBeInAPath(name)) {
            notes.accept("The customers of " + ItemKind.GROUP.title(group) + " cannot be read.");
            return;
        }
        boolean[] hasMembers = {false};
        try {
            // Percent-encoded, the name is one segment of the path.
            String segment = URLEncoder.encode(name.asText(), UTF_8).replace("+", "%20");
            String path = ItemKind.GROUP.path + "/" + segment + "/customers";
            long missing = api.read(path, null, (items, total) -> {
                hasMembers[0] = true;
                items.stream()
                        .filter(JsonNode::isObject)
                        .forEach(item -> ((ObjectNode) item).putIfAbsent("groupName", name));
                sink.take(ItemKind.CUSTOMER, items, null);
            });
            noteMissing(path, missing);
        } catch (CommandException refused) {
            // The group can be deleted while it is read. A path that is unknown later is one of the target.
            boolean isGone = refused.status == Status.NO_SUCH_GROUP.number();
            if (!isGone && (!refused.isUnknownPath() || hasMembers[0])) {
                throw refused;
            }
            notes.accept("The customers of " + ItemKind.GROUP.title(group) + " cannot be read.");
        }
    }

    /** A client or a proxy may take an empty segment, "." or ".." for a part of the path and not for a name. */
    private static boolean canBeInAPath(JsonNode name) {
        return name.isTextual()
                && !Set.of("", ".", "..").contains(name.asText())
                && UTF_8.newEncoder().canEncode(name.asText());
    }

    private void readList(ItemKind kind, BiConsumer<List<JsonNode>, Long> sink) {
        String search = kind.path + "/data";
        boolean isByName = api.canReadByName(search);
        noteMissing(kind.path, isByName ? api.readByName(search, sink) : api.read(kind.path, null, sink));
    }

    private void noteMissing(String path, long missing) {
        if (missing > 0) {
            notes.accept(("The source counts %d more items in %s than it returned. "
                            + "If they were added meanwhile, run the same command again.")
                    .formatted(missing, path));
        }
    }
}
