package backoffice.cli;

import static backoffice.cli.ItemKind.CUSTOMER;
import static backoffice.cli.ItemKind.GROUP;

import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope.Page;
import backoffice.json.StrictJsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Imports the items of a source into a server, and counts them in a report. See docs/adr/0023.
 *
 * @param overwrite whether customers that exist and differ are replaced; otherwise they are left as they are
 * @param dryRun whether nothing is written
 * @param knownGroups the names of groups that were looked up already
 */
record Importer(ApiClient target, boolean overwrite, boolean dryRun, Report report, Set<String> knownGroups)
        implements BiConsumer<ItemKind, Page<JsonNode>> {

    private static final int MAX_BODY = 1 << 20;

    Importer(ApiClient target, boolean overwrite, boolean dryRun, Report report) {
        this(target, overwrite, dryRun, report, new HashSet<>());
    }

    /** Imports up to {@link StrictJsonReader#MAX_BATCH} items of one kind. */
    @Override
    public void accept(ItemKind kind, Page<JsonNode> page) {
        report.read(kind, page);
        // Of the items with the same key, the last one counts.
        Map<List<String>, ObjectNode> valid = new LinkedHashMap<>();
        int accepted = 0;
        for (JsonNode item : page.items()) {
            try {
                ObjectNode clean = kind.clean(item, report);
                valid.put(ItemKind.key(clean), clean);
                accepted++;
            } catch (ApiException reason) {
                report.refuse(kind.plural(), kind.title(item), reason);
            }
        }
        int tried = kind == GROUP ? createGroups(valid.values(), "name") : writeCustomers(valid.values());
        report.count(kind.plural(), "already there", accepted - tried);
    }

    /** Creates the groups that items name and that do not exist; returns how many it tried. */
    private int createGroups(Collection<ObjectNode> items, String member) {
        Set<String> missing = values(items, member);
        missing.removeIf(name -> !knownGroups.add(name));
        search(GROUP, Map.of("name", missing)).keySet().forEach(key -> missing.remove(key.get(1)));
        missing.forEach(name ->
                write(GROUP, List.of(JsonNodeFactory.instance.objectNode().put("name", name)), Set.of()));
        return missing.size();
    }

    /** Writes the customers that are missing, and with {@code overwrite} those that differ; returns how many it tried. */
    private int writeCustomers(Collection<ObjectNode> customers) {
        Set<String> names = values(customers, "name");
        Set<String> groups = values(customers, "groupName");
        // A name can be in any number of groups, so the search names the groups too where it can.
        boolean byGroup = customers.stream().allMatch(customer -> customer.has("groupName"))
                && names.size() + groups.size() <= StrictJsonReader.MAX_BATCH;
        Map<List<String>, JsonNode> existing =
                search(CUSTOMER, byGroup ? Map.of("name", names, "groupName", groups) : Map.of("name", names));
        List<ObjectNode> wanted = customers.stream()
                .filter(customer -> !existing.containsKey(ItemKind.key(customer))
                        || overwrite && differ(customer, existing.get(ItemKind.key(customer))))
                .toList();
        createGroups(wanted, "groupName");
        write(CUSTOMER, wanted, existing.keySet());
        return wanted.size();
    }

    /** Whether a customer is not as that of the source. One of which the source has the key alone may have anything else. */
    private static boolean differ(ObjectNode source, JsonNode present) {
        boolean isKeyAlone = source.size() == (source.has("groupName") ? 2 : 1);
        ObjectNode expected = source.deepCopy();
        expected.putIfAbsent("regDate", present.get("regDate"));
        return !isKeyAlone && !expected.equals(present);
    }

    /** Finds the items that have one of the values in each field, at most 1000 values in all, by their keys. */
    private Map<List<String>, JsonNode> search(ItemKind kind, Map<String, Set<String>> fields) {
        Map<List<String>, JsonNode> found = new HashMap<>();
        if (!fields.containsValue(Set.of())) {
            List<Map<String, Object>> querys = new ArrayList<>();
            fields.forEach((name, values) -> querys.add(Map.of("name", name, "op", "in", "values", values)));
            byte[] body = ItemKind.bytes(Map.of("querys", querys));
            target.list(kind.path + "/data", body)
                    .forEachPage(page -> page.items().forEach(item -> found.put(ItemKind.key(item), item)));
        }
        return found;
    }

    private static Set<String> values(Collection<ObjectNode> items, String member) {
        return items.stream()
                .filter(item -> item.has(member))
                .map(item -> item.get(member).asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Writes a group, or customers as one batch. When the server refuses a batch, its halves are sent, until the item that
     * it refuses is alone.
     */
    private void write(ItemKind kind, List<ObjectNode> batch, Set<List<String>> existing) {
        if (batch.isEmpty()) {
            return;
        }
        boolean isAlone = batch.size() == 1;
        byte[] body = ItemKind.bytes(kind == GROUP ? batch.get(0) : batch);
        if (isAlone || body.length <= MAX_BODY) {
            try {
                if (!dryRun) {
                    // A group that exists is skipped, so its creation needs no key.
                    target.send(kind.path, body, kind == GROUP ? null : "import-" + UUID.randomUUID());
                }
                batch.forEach(item ->
                        report.count(kind.plural(), existing.contains(ItemKind.key(item)) ? "changed" : "new", 1));
                return;
            } catch (CommandException refused) {
                if (!refused.isOfItem()) {
                    throw refused;
                } else if (isAlone) {
                    String reason = refused.reason.replaceFirst("^\\[\\d+][.:] ?", "");
                    report.refuse(kind.plural(), kind.title(batch.get(0)), refused.status, reason);
                    return;
                }
            }
        }
        write(kind, batch.subList(0, batch.size() / 2), existing);
        write(kind, batch.subList(batch.size() / 2, batch.size()), existing);
    }
}
