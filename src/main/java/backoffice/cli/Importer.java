package backoffice.cli;

import static backoffice.cli.ItemKind.CUSTOMER;
import static backoffice.cli.ItemKind.GROUP;

import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope.Page;
import backoffice.json.StrictJsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Imports the items of a source into a server, and counts them in a report. See docs/adr/0023.
 *
 * @param overwrite whether customers that exist and differ are replaced; otherwise they are left as they are
 * @param dryRun whether nothing is written
 * @param moved the customers that have another name or group at the source, with {@code overwrite}
 * @param knownGroups the names of groups that were looked up already
 */
record Importer(
        ApiClient target,
        boolean overwrite,
        boolean dryRun,
        Report report,
        MovedCustomers moved,
        Set<String> knownGroups)
        implements BiConsumer<ItemKind, Page<JsonNode>> {

    private static final int MAX_BODY = 1 << 20;

    Importer(ApiClient target, boolean overwrite, boolean dryRun, Report report) {
        this(target, overwrite, dryRun, report, new MovedCustomers(target, dryRun, report), new HashSet<>());
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
        moved.read(valid.values());
        int tried = kind == GROUP ? createGroups(valid.values(), "name") : writeCustomers(valid.values());
        report.count(kind.plural(), "already there", accepted - tried);
    }

    /** Imports the customers whose place another one had while the source was read. */
    void finish() {
        List<ObjectNode> left = moved.takeKept();
        for (int before = left.size() + 1; left.size() < before; left = moved.takeKept()) {
            before = left.size();
            inBatches(left, this::writeCustomers);
        }
        // They exchange their places or their referenceIds, or a customer that is not at the source has the place.
        inBatches(left, batch -> {
            moved.release(batch);
            write(
                    CUSTOMER,
                    batch,
                    target.find(CUSTOMER, Map.of("name", ItemKind.values(batch, "name")))
                            .keySet());
        });
    }

    private static void inBatches(List<ObjectNode> customers, Consumer<List<ObjectNode>> action) {
        for (int i = 0; i < customers.size(); i += StrictJsonReader.MAX_BATCH) {
            action.accept(customers.subList(i, Math.min(customers.size(), i + StrictJsonReader.MAX_BATCH)));
        }
    }

    /** Creates the groups that items name and that do not exist; returns how many it tried. */
    private int createGroups(Collection<ObjectNode> items, String member) {
        Set<String> missing = ItemKind.values(items, member);
        missing.removeIf(name -> !knownGroups.add(name));
        target.find(GROUP, Map.of("name", missing)).keySet().forEach(key -> missing.remove(key.get(1)));
        missing.forEach(name ->
                write(GROUP, List.of(JsonNodeFactory.instance.objectNode().put("name", name)), Set.of()));
        return missing.size();
    }

    /** Writes the customers that are missing, and with {@code overwrite} those that differ; returns how many it tried. */
    private int writeCustomers(Collection<ObjectNode> customers) {
        Set<String> names = ItemKind.values(customers, "name");
        Set<String> groups = ItemKind.values(customers, "groupName");
        // A name can be in any number of groups, so the search names the groups too where it can.
        boolean byGroup = customers.stream().allMatch(customer -> customer.has("groupName"))
                && names.size() + groups.size() <= StrictJsonReader.MAX_BATCH;
        Map<List<String>, JsonNode> existing =
                target.find(CUSTOMER, byGroup ? Map.of("name", names, "groupName", groups) : Map.of("name", names));
        Collection<ObjectNode> settled = customers;
        if (overwrite) {
            createGroups(
                    customers.stream()
                            .filter(customer -> !existing.containsKey(ItemKind.key(customer)))
                            .toList(),
                    "groupName");
            settled = moved.settle(customers, existing);
        }
        List<ObjectNode> wanted = settled.stream()
                .filter(customer -> !existing.containsKey(ItemKind.key(customer))
                        || overwrite && differ(customer, existing.get(ItemKind.key(customer))))
                .toList();
        createGroups(wanted, "groupName");
        write(CUSTOMER, wanted, existing.keySet());
        return wanted.size() + customers.size() - settled.size();
    }

    /** Whether a customer is not as that of the source. One of which the source has the key alone may have anything else. */
    private static boolean differ(ObjectNode source, JsonNode present) {
        ObjectNode expected = source.deepCopy();
        expected.putIfAbsent("regDate", present.get("regDate"));
        return !ItemKind.isKeyAlone(source) && !expected.equals(present);
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
                    target.send("POST", kind.path, body, kind == GROUP ? null : "import-" + UUID.randomUUID());
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
