package backoffice.cli;

import backoffice.envelope.ApiException;
import backoffice.envelope.Excerpt;
import backoffice.envelope.PageRange;
import backoffice.value.Name;
import backoffice.value.PathSegment;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A source that reads a vendor from another server with this API. It pages through {@code GET /customer_groups} and
 * {@code GET /customers}. If the server does not have the second path, it reads the customers of each group instead.
 */
final class RemoteSource implements ImportSource {

    private static final String GROUPS = "/customer_groups";
    private static final String CUSTOMERS = "/customers";

    private final RemoteApiClient api;
    private final int limit;

    /**
     * Creates a source.
     *
     * @param limit the number of items of a page, at least 2
     */
    RemoteSource(RemoteApiClient api, int limit) {
        this.api = api;
        this.limit = limit;
    }

    @Override
    public void read(ImportSink sink) {
        List<String> groups = new ArrayList<>();
        readList(GROUPS, sink, (items, total) -> {
            items.forEach(group -> groups.add(group.path("name").asText()));
            sink.take(ItemKind.GROUP, items, fraction(groups.size(), total));
        });
        if (hasCustomers()) {
            long[] count = {0};
            readList(CUSTOMERS, sink, (items, total) -> {
                count[0] += items.size();
                sink.take(ItemKind.CUSTOMER, items, fraction(count[0], total));
            });
        } else {
            sink.note(
                    "The source has no GET /customers. The customers of its groups are read instead, with names alone. "
                            + "Customers without a group cannot be seen there.");
            readMembers(groups, sink);
        }
    }

    private static double fraction(long read, Long total) {
        return total == null ? Double.NaN : (double) read / total;
    }

    private boolean hasCustomers() {
        try {
            api.page(CUSTOMERS, new PageRange(0, 2));
            return true;
        } catch (SourceException refused) {
            if (refused.isUnknownPath()) {
                return false;
            }
            throw refused;
        }
    }

    private void readMembers(List<String> groups, ImportSink sink) {
        for (int i = 0; i < groups.size(); i++) {
            double fraction = (i + 1.0) / groups.size();
            String group = groups.get(i);
            if (!isAllowedInPath(group)) {
                sink.note("The customers of group \"" + Excerpt.of(group) + "\" cannot be read.");
                continue;
            }
            try {
                readList(GROUPS + "/" + PathSegment.encode(group) + CUSTOMERS, sink, (items, total) -> {
                    items.forEach(item -> addGroupName(group, item));
                    sink.take(ItemKind.CUSTOMER, items, fraction);
                });
            } catch (SourceException refused) {
                if (!refused.isUnknownGroup()) {
                    throw refused;
                }
                sink.note("Group \"" + Excerpt.of(group) + "\" is gone from the source.");
            }
        }
    }

    /** A name that the API does not allow, such as {@code ..}, would make another path. */
    private static boolean isAllowedInPath(String group) {
        try {
            new Name(group);
            return true;
        } catch (ApiException refused) {
            return false;
        }
    }

    private static void addGroupName(String group, JsonNode customer) {
        if (customer instanceof ObjectNode object && !object.has("groupName")) {
            object.put("groupName", group);
        }
    }

    private void readList(String path, ImportSink notes, BiConsumer<List<JsonNode>, Long> sink) {
        long missing = new ChangingListReader<JsonNode>(
                        range -> api.page(path, range),
                        item -> List.of(item.path("name"), item.path("groupName")),
                        limit)
                .forEachPage(sink);
        if (missing > 0) {
            notes.note(("GET %s returned %d items fewer than its total. "
                            + "If they were added meanwhile, run the same command again to import them.")
                    .formatted(path, missing));
        }
    }
}
