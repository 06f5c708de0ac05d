package backoffice.cli;

import static backoffice.cli.ItemKind.CUSTOMER;
import static backoffice.cli.ItemKind.GROUP;
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
import java.util.function.Predicate;

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
        readList(GROUP, refusal -> false, (items, total) -> {
            groups.addAll(items);
            sink.take(GROUP, items, total);
        });
        if (!readList(CUSTOMER, CommandException::isAbsence, (items, total) -> sink.take(CUSTOMER, items, total))) {
            notes.accept("The source has no GET /customers. The customers of its groups are read instead, with names "
                    + "alone. Customers without a group cannot be seen there.");
            groups.forEach(group -> readMembers(group, sink));
        }
    }

    private boolean readList(
            ItemKind kind, Predicate<CommandException> isAbsence, BiConsumer<List<JsonNode>, Long> sink) {
        return read(kind.path, api.listByName(kind.path + "/data"), refusal -> refusal.status != 0, sink)
                || read(kind.path, api.list(kind.path, null), isAbsence, sink);
    }

    private void readMembers(JsonNode group, Sink sink) {
        JsonNode name = group.path("name");
        // Percent-encoded, the name is one segment of the path.
        String segment = URLEncoder.encode(name.asText(), UTF_8).replace("+", "%20");
        String path = GROUP.path + "/" + segment + "/customers";
        boolean isRead = canBeInAPath(name)
                && read(path, api.list(path, null), CommandException::isAbsence, (items, total) -> {
                    items.stream()
                            .filter(JsonNode::isObject)
                            .forEach(item -> ((ObjectNode) item).putIfAbsent("groupName", name));
                    sink.take(CUSTOMER, items, null);
                });
        if (!isRead) {
            notes.accept("The customers of " + GROUP.title(group) + " cannot be read.");
        }
    }

    /** A client or a proxy may take an empty segment, "." or ".." for a part of the path and not for a name. */
    private static boolean canBeInAPath(JsonNode name) {
        return name.isTextual()
                && !Set.of("", ".", "..").contains(name.asText())
                && UTF_8.newEncoder().canEncode(name.asText());
    }

    /**
     * Reads a list.
     *
     * @param isAbsence tells a refusal of the first page that means that the source does not have the list
     * @return whether the source has the list
     */
    private boolean read(
            String path,
            ChangingListReader list,
            Predicate<CommandException> isAbsence,
            BiConsumer<List<JsonNode>, Long> sink) {
        boolean[] hasItems = {false};
        try {
            long missing = list.forEachPage((items, total) -> {
                hasItems[0] = true;
                sink.accept(items, total);
            });
            if (missing > 0) {
                notes.accept(("The source counts %d more items in %s than it returned. "
                                + "If they were added meanwhile, run the same command again.")
                        .formatted(missing, path));
            }
            return true;
        } catch (CommandException refusal) {
            // The group can be deleted while it is read. Any other refusal that comes later can be one of the target.
            boolean isGone = refusal.status == Status.NO_SUCH_GROUP.number();
            if (isAbsence.test(refusal) && (isGone || !hasItems[0])) {
                return false;
            }
            throw refusal;
        }
    }
}
