package backoffice.cli;

import static backoffice.cli.ItemKind.CUSTOMER;
import static backoffice.cli.ItemKind.GROUP;
import static java.nio.charset.StandardCharsets.UTF_8;

import backoffice.envelope.Envelope.Page;
import backoffice.envelope.Status;
import backoffice.json.StrictJsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
record ServerSource(ApiClient api, Consumer<String> notes) {

    /**
     * @param sink takes up to {@link StrictJsonReader#MAX_BATCH} items of one kind, groups before customers, and the total of
     *     this kind; null where the customers of each group are read
     * @return whether the source has the list of customers
     */
    boolean read(BiConsumer<ItemKind, Page<JsonNode>> sink) {
        List<JsonNode> groups = new ArrayList<>();
        read(GROUP.path, api.list(GROUP), page -> {
            groups.addAll(page.items());
            sink.accept(GROUP, page);
        });
        boolean isWhole = readIfThere(CUSTOMER.path, api.list(CUSTOMER), page -> sink.accept(CUSTOMER, page));
        if (!isWhole) {
            notes.accept("The source has no GET /customers. The customers of its groups are read instead, with names "
                    + "alone. Customers without a group cannot be seen there.");
            groups.forEach(group -> readMembers(group, sink));
        }
        return isWhole;
    }

    private void readMembers(JsonNode group, BiConsumer<ItemKind, Page<JsonNode>> sink) {
        JsonNode name = group.path("name");
        String path = ItemKind.membersPath(name.asText());
        boolean isRead = canBeInAPath(name)
                && readIfThere(path, api.list(path, null), page -> {
                    page.items().stream()
                            .filter(JsonNode::isObject)
                            .forEach(item -> ((ObjectNode) item).putIfAbsent("groupName", name));
                    sink.accept(CUSTOMER, new Page<>(null, page.items()));
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

    /** Reads a list, unless the source does not have it: returns whether it has. */
    private boolean readIfThere(String path, ChangingListReader list, Consumer<Page<JsonNode>> sink) {
        boolean[] hasAnswered = {false};
        try {
            read(path, list, page -> {
                hasAnswered[0] = true;
                sink.accept(page);
            });
            return true;
        } catch (CommandException refusal) {
            // The group can be deleted while it is read. Any other refusal that comes later can be one of the target.
            boolean isGone = refusal.status == Status.NO_SUCH_GROUP.number();
            if (refusal.isAbsence() && (isGone || !hasAnswered[0])) {
                return false;
            }
            throw refusal;
        }
    }

    private void read(String path, ChangingListReader list, Consumer<Page<JsonNode>> sink) {
        long missing = list.forEachPage(sink);
        if (missing > 0) {
            notes.accept(("The source counts %d more items in %s than it returned. "
                            + "If they were added meanwhile, run the same command again.")
                    .formatted(missing, path));
        }
    }
}
