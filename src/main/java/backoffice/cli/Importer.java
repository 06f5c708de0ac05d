package backoffice.cli;

import static backoffice.cli.ItemKind.CUSTOMER;
import static backoffice.cli.ItemKind.GROUP;

import backoffice.cli.ImportReport.Column;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.envelope.Status;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Imports the items of a source into a server, and counts them in a report. See docs/adr/0023.
 *
 * @param overwrite whether customers that exist and differ are replaced; otherwise they are left as they are
 * @param dryRun whether nothing is written
 * @param knownGroups the names of groups that were looked up already
 */
record Importer(ApiClient target, boolean overwrite, boolean dryRun, ImportReport report, Set<String> knownGroups)
        implements Source.Sink {

    private static final ForkJoinPool REQUESTS_AT_ONCE = new ForkJoinPool(16);
    private static final int MAX_BODY = 1 << 20;
    private static final String REFERENCE = "referenceId";

    Importer(ApiClient target, boolean overwrite, boolean dryRun, ImportReport report) {
        this(target, overwrite, dryRun, report, new HashSet<>());
    }

    @Override
    public void take(ItemKind kind, List<JsonNode> items, Long total) {
        GracefulStop.sleep(0);
        report.count(kind, Column.READ, items.size());
        Collection<ObjectNode> valid = valid(kind, items);
        if (kind == GROUP) {
            report.count(kind, Column.PRESENT, valid.size() - createGroups(valid, "name"));
        } else {
            takeCustomers(valid);
        }
        report.printProgress(kind, total);
    }

    @Override
    public void refuse(String place, ApiException reason) {
        report.refuse(null, place, reason);
    }

    /** The items that the API accepts, each key once. */
    private Collection<ObjectNode> valid(ItemKind kind, List<JsonNode> items) {
        Map<List<String>, ObjectNode> valid = new LinkedHashMap<>();
        int accepted = 0;
        for (JsonNode item : items) {
            try {
                ObjectNode clean = kind.clean(item, member -> report.unknownMember(kind, member));
                kind.check(clean);
                valid.merge(ItemKind.key(clean), clean, (first, last) -> overwrite ? last : first);
                accepted++;
            } catch (ApiException reason) {
                report.refuse(kind, kind.title(item), reason);
            }
        }
        report.count(kind, Column.PRESENT, accepted - valid.size());
        return valid.values();
    }

    /** Creates the groups that items name and that do not exist, several at once; returns how many it tried. */
    private int createGroups(Collection<ObjectNode> items, String member) {
        Set<String> missing = values(items, member).filter(knownGroups::add).collect(Collectors.toSet());
        search(GROUP, Map.of("name", List.copyOf(missing)))
                .forEach(group -> missing.remove(group.path("name").asText()));
        REQUESTS_AT_ONCE
                .submit(() -> missing.parallelStream().forEach(this::createGroup))
                .join();
        return missing.size();
    }

    /** Needs no idempotency key, because a group that exists is skipped. */
    private void createGroup(String name) {
        ObjectNode group = JsonNodeFactory.instance.objectNode().put("name", name);
        try {
            if (!dryRun) {
                target.send(GROUP.list, ItemKind.bytes(group), null);
            }
            report.count(GROUP, Column.CREATED, 1);
        } catch (CommandException refused) {
            if (!refused.isOfItem()) {
                throw refused;
            }
            report.refuse(GROUP, GROUP.title(group), refused.status, refused.reason);
        }
    }

    private void takeCustomers(Collection<ObjectNode> customers) {
        Map<List<String>, ObjectNode> existing = existing(customers);
        List<ObjectNode> wanted = wanted(customers, existing);
        report.count(CUSTOMER, Column.PRESENT, customers.size() - wanted.size());
        createGroups(wanted, "groupName");
        if (dryRun) {
            count(withoutTakenReferences(wanted), existing);
        } else {
            write(wanted, existing);
        }
    }

    /** The customers to write: those that are missing, and with {@code overwrite} those that differ. */
    private List<ObjectNode> wanted(Collection<ObjectNode> customers, Map<List<String>, ObjectNode> existing) {
        return customers.stream()
                .filter(customer -> {
                    ObjectNode present = existing.get(ItemKind.key(customer));
                    return present == null || overwrite && CUSTOMER.differ(customer, present);
                })
                .toList();
    }

    private Map<List<String>, ObjectNode> existing(Collection<ObjectNode> customers) {
        List<String> names = values(customers, "name").toList();
        List<String> groups = values(customers, "groupName").toList();
        // A name can be in any number of groups, so the search names the groups too where it can.
        boolean byGroup = customers.stream().allMatch(customer -> customer.has("groupName"))
                && names.size() + groups.size() <= ItemKind.MAX_BATCH_SIZE;
        return search(CUSTOMER, byGroup ? Map.of("name", names, "groupName", groups) : Map.of("name", names))
                .collect(Collectors.toMap(ItemKind::key, Function.identity(), (first, last) -> last));
    }

    private Stream<ObjectNode> search(ItemKind kind, Map<String, Collection<String>> fields) {
        return target.search(kind.list, fields).stream().map(item -> kind.clean(item, unknown -> {}));
    }

    private static Stream<String> values(Collection<ObjectNode> items, String member) {
        return items.stream()
                .map(item -> item.path(member).asText())
                .filter(text -> !text.isEmpty())
                .distinct();
    }

    /** Writes customers as one batch. What the server refuses is reported, and the others are sent again. */
    private void write(List<ObjectNode> batch, Map<List<String>, ObjectNode> existing) {
        byte[] body = ItemKind.bytes(batch);
        if (batch.isEmpty()) {
            return;
        }
        if (body.length > MAX_BODY && batch.size() > 1) {
            writeHalves(batch, existing);
            return;
        }
        try {
            target.send(CUSTOMER.list, body, "import-" + UUID.randomUUID());
            count(batch, existing);
        } catch (CommandException refused) {
            if (!refused.isOfItem()) {
                throw refused;
            }
            boolean isTaken = refused.status == Status.REFERENCE_TAKEN.number();
            List<ObjectNode> free = isTaken ? withoutTakenReferences(batch) : batch;
            if (free.size() < batch.size()) {
                write(free, existing);
            } else if (batch.size() > 1) {
                writeHalves(batch, existing);
            } else {
                report.refuse(CUSTOMER, CUSTOMER.title(batch.get(0)), refused.status, refused.reason);
            }
        }
    }

    private void writeHalves(List<ObjectNode> batch, Map<List<String>, ObjectNode> existing) {
        write(batch.subList(0, batch.size() / 2), existing);
        write(batch.subList(batch.size() / 2, batch.size()), existing);
    }

    private void count(List<ObjectNode> written, Map<List<String>, ObjectNode> existing) {
        long changed = written.stream()
                .map(ItemKind::key)
                .filter(existing::containsKey)
                .count();
        report.count(CUSTOMER, Column.CHANGED, changed);
        report.count(CUSTOMER, Column.CREATED, written.size() - changed);
    }

    /** Reports the customers of a batch whose referenceId belongs to another customer, and returns the others. */
    private List<ObjectNode> withoutTakenReferences(List<ObjectNode> batch) {
        Set<List<String>> written = batch.stream().map(ItemKind::key).collect(Collectors.toSet());
        Map<String, ObjectNode> owners = new HashMap<>();
        search(CUSTOMER, Map.of(REFERENCE, values(batch, REFERENCE).toList()))
                // A customer that the batch writes gives its referenceId up, or has it in the batch.
                .filter(owner -> !written.contains(ItemKind.key(owner)))
                .forEach(owner -> owners.put(owner.path(REFERENCE).asText(), owner));
        return batch.stream()
                .filter(customer -> {
                    String reference = customer.path(REFERENCE).asText();
                    ObjectNode owner = reference.isEmpty() ? null : owners.putIfAbsent(reference, customer);
                    if (owner != null) {
                        String name = owner.path("name").asText();
                        ApiException reason = new ApiException(Problem.REFERENCE_TAKEN, reference, name);
                        report.refuse(CUSTOMER, CUSTOMER.title(customer), reason);
                    }
                    return owner == null;
                })
                .toList();
    }
}
