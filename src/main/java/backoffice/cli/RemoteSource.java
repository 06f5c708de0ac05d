package backoffice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import backoffice.envelope.ApiException;
import backoffice.envelope.Excerpt;
import backoffice.envelope.PageRange;
import backoffice.value.Name;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What a vendor has on another server that speaks this API, by that server's own paging: {@code GET /customer_groups}, then
 * {@code GET /customers}, or {@code GET /customer_groups/{name}/customers} of each group where there is no such path.
 */
final class RemoteSource implements ImportSource {

    private static final String GROUPS = "/customer_groups";
    private static final String CUSTOMERS = "/customers";

    private final RemoteApiClient api;
    private final int limit;

    /** @param limit how many items are asked for at once */
    RemoteSource(RemoteApiClient api, int limit) {
        this.api = api;
        this.limit = limit;
    }

    @Override
    public void read(ImportSink sink) {
        List<String> groups = new ArrayList<>();
        walk(GROUPS, sink, (items, total) -> {
            items.forEach(group -> groups.add(group.path("name").asText()));
            sink.take(ItemKind.GROUP, items, part(groups.size(), total));
        });
        if (hasCustomers()) {
            long[] read = {0};
            walk(CUSTOMERS, sink, (items, total) -> {
                read[0] += items.size();
                sink.take(ItemKind.CUSTOMER, items, part(read[0], total));
            });
        } else {
            sink.note("The source has no GET /customers: the customers of its groups are read, with names alone. "
                    + "Customers without a group cannot be seen there.");
            readMembers(groups, sink);
        }
    }

    private static double part(long read, Long total) {
        return total == null ? Double.NaN : (double) read / total;
    }

    private boolean hasCustomers() {
        try {
            api.page(CUSTOMERS, new PageRange(0, 2));
            return true;
        } catch (SourceException refused) {
            if (refused.isOfUnknownPath()) {
                return false;
            }
            throw refused;
        }
    }

    private void readMembers(List<String> groups, ImportSink sink) {
        for (int i = 0; i < groups.size(); i++) {
            double done = (i + 1.0) / groups.size();
            String group = groups.get(i);
            if (!canBeAddressed(group)) {
                sink.note("The customers of group \"" + Excerpt.of(group) + "\" cannot be read.");
                continue;
            }
            try {
                walk(GROUPS + "/" + segment(group) + CUSTOMERS, sink, (items, total) -> {
                    items.forEach(item -> placeIn(group, item));
                    sink.take(ItemKind.CUSTOMER, items, done);
                });
            } catch (SourceException refused) {
                if (!refused.isOfUnknownGroup()) {
                    throw refused;
                }
                sink.note("Group \"" + Excerpt.of(group) + "\" is gone from the source.");
            }
        }
    }

    /** A name that the API does not allow may mean another path. */
    private static boolean canBeAddressed(String group) {
        try {
            new Name(group);
            return true;
        } catch (ApiException refused) {
            return false;
        }
    }

    private static void placeIn(String group, JsonNode customer) {
        if (customer instanceof ObjectNode object && !object.has("groupName")) {
            object.put("groupName", group);
        }
    }

    private void walk(String path, ImportSink notices, BiConsumer<List<JsonNode>, Long> sink) {
        long missing = new ChangingListReader<JsonNode>(
                        range -> api.page(path, range),
                        item -> List.of(item.path("name"), item.path("groupName")),
                        limit)
                .forEachPage(sink);
        if (missing > 0) {
            notices.note(
                    "GET %s says that it has %d more than it gave. If they came meanwhile, the same command fetches them."
                            .formatted(path, missing));
        }
    }

    private static String segment(String name) {
        return URLEncoder.encode(name, UTF_8).replace("+", "%20");
    }
}
