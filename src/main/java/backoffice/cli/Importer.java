package backoffice.cli;

import backoffice.cli.ImportReport.Column;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.envelope.Status;
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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Imports the items of a source into a server, and counts them in a report. See docs/adr/0023. */
final class Importer implements Source.Sink {

    private static final int REQUESTS_AT_ONCE = 16;
    private static final int MAX_BODY = 1 << 20;

    /** The place with which the {@code msg} of a server starts, such as {@code [2].name} (docs/api.md, section 1.4). */
    private static final Pattern PLACE = Pattern.compile("\\[(\\d{1,3})][.:] ?(.*)", Pattern.DOTALL);

    private final ApiClient target;
    private final boolean overwrite;
    private final boolean dryRun;
    private final ImportReport report;
    private final Set<String> knownGroups = new HashSet<>();
    private final ExecutorService threads = new ForkJoinPool(REQUESTS_AT_ONCE);

    /**
     * Creates an importer.
     *
     * @param overwrite whether customers that exist and differ are replaced; otherwise they are left as they are
     * @param dryRun whether nothing is written
     */
    Importer(ApiClient target, boolean overwrite, boolean dryRun, ImportReport report) {
        this.target = target;
        this.overwrite = overwrite;
        this.dryRun = dryRun;
        this.report = report;
    }

    @Override
    public void take(ItemKind kind, List<JsonNode> items, Long total) {
        GracefulStop.sleep(0);
        report.count(kind, Column.READ, items.size());
        Collection<ObjectNode> valid = valid(kind, items);
        if (kind == ItemKind.GROUP) {
            report.count(kind, Column.PRESENT, valid.size() - createGroups(valid, "name"));
        } else {
            takeCustomers(valid);
        }
        report.printProgress(kind, total);
    }

    @Override
    public void refuse(String place, ApiException reason) {
        refuse(null, place, reason);
    }

    private void refuse(ItemKind kind, String title, ApiException reason) {
        report.refuse(kind, title, reason.status().number(), ItemKind.sentence(reason));
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
                refuse(kind, kind.title(item), reason);
            }
        }
        report.count(kind, Column.PRESENT, accepted - valid.size());
        return valid.values();
    }

    /** Creates the groups that items name and that do not exist, several at once; returns how many it tried. */
    private int createGroups(Collection<ObjectNode> items, String member) {
        List<String> unknown = values(items, member).filter(knownGroups::add).toList();
        Set<String> existing = search(ItemKind.GROUP, Map.of("name", unknown))
                .map(group -> group.path("name").asText())
                .collect(Collectors.toSet());
        List<CompletableFuture<Boolean>> creations = unknown.stream()
                .filter(name -> !existing.contains(name))
                .map(name -> CompletableFuture.supplyAsync(() -> dryRun || create(name), threads))
                .toList();
        try {
            report.count(
                    ItemKind.GROUP,
                    Column.CREATED,
                    creations.stream().filter(CompletableFuture::join).count());
        } catch (CompletionException e) {
            throw e.getCause() instanceof CommandException failure ? failure : e;
        }
        return creations.size();
    }

    /** Needs no idempotency key, because a group that exists is skipped. */
    private boolean create(String name) {
        ObjectNode group = JsonNodeFactory.instance.objectNode().put("name", name);
        try {
            target.change(ItemKind.GROUP.list(), ItemKind.bytes(group), null);
            return true;
        } catch (CommandException refused) {
            if (!refused.isOfItem()) {
                throw refused;
            }
            refuse(ItemKind.GROUP, group, refused);
            return false;
        }
    }

    private void takeCustomers(Collection<ObjectNode> customers) {
        Map<List<String>, ObjectNode> existing = existing(customers);
        List<ObjectNode> wanted = wanted(customers, existing);
        report.count(ItemKind.CUSTOMER, Column.PRESENT, customers.size() - wanted.size());
        createGroups(wanted, "groupName");
        if (dryRun) {
            count(withoutTakenReferences(wanted), existing);
        } else {
            write(wanted, existing, 0);
        }
    }

    /** The customers to write: those that are missing, and with {@code overwrite} those that differ. */
    private List<ObjectNode> wanted(Collection<ObjectNode> customers, Map<List<String>, ObjectNode> existing) {
        return customers.stream()
                .filter(customer -> {
                    ObjectNode present = existing.get(ItemKind.key(customer));
                    return present == null
                            || overwrite
                                    && !ItemKind.CUSTOMER
                                            .differences(customer, present)
                                            .isEmpty();
                })
                .toList();
    }

    private Map<List<String>, ObjectNode> existing(Collection<ObjectNode> customers) {
        List<String> names = values(customers, "name").toList();
        List<String> groups = values(customers, "groupName").toList();
        // A name can be in any number of groups, so the search names the groups too where it can.
        boolean byGroup = customers.stream().allMatch(customer -> customer.has("groupName"))
                && names.size() + groups.size() <= ItemKind.MAX_BATCH_SIZE;
        return search(ItemKind.CUSTOMER, byGroup ? Map.of("name", names, "groupName", groups) : Map.of("name", names))
                .collect(Collectors.toMap(ItemKind::key, Function.identity(), (first, last) -> last));
    }

    private Stream<ObjectNode> search(ItemKind kind, Map<String, Collection<String>> fields) {
        return target.search(kind.list(), fields).stream().map(item -> kind.clean(item, unknown -> {}));
    }

    private static Stream<String> values(Collection<ObjectNode> items, String member) {
        return items.stream()
                .filter(item -> item.has(member))
                .map(item -> item.get(member).asText())
                .distinct();
    }

    /**
     * Writes customers as one batch. The entries that the server refuses are reported, and the others are sent again.
     *
     * @param round makes a new idempotency key for a batch that an earlier import has sent too
     */
    private void write(List<ObjectNode> batch, Map<List<String>, ObjectNode> existing, int round) {
        if (batch.isEmpty()) {
            return;
        }
        byte[] body = ItemKind.bytes(batch);
        try {
            if (body.length > MAX_BODY && batch.size() > 1) {
                throw new CommandException("", 0, Status.BODY_TOO_LARGE.number(), "", CommandException.NO_RETRY);
            }
            String requestId = "import-" + UUID.nameUUIDFromBytes(body) + "-" + round;
            boolean replayed = target.change(ItemKind.CUSTOMER.list(), body, requestId);
            // An earlier import may have sent the batch too, and others may have changed its customers since.
            List<ObjectNode> left = replayed ? wanted(batch, existing(batch)) : List.of();
            count(without(left, batch), existing);
            write(left, existing, round + 1);
        } catch (CommandException refused) {
            if (!refused.isOfItem()) {
                throw refused;
            }
            for (List<ObjectNode> part : partsWithout(refused, batch)) {
                write(part, existing, round);
            }
        }
    }

    /** Reports what the server refuses of a batch, and returns the rest; halves when the server does not tell. */
    private List<List<ObjectNode>> partsWithout(CommandException refused, List<ObjectNode> batch) {
        if (refused.status == Status.REFERENCE_TAKEN.number()) {
            List<ObjectNode> free = withoutTakenReferences(batch);
            if (free.size() < batch.size()) {
                return List.of(free);
            }
        }
        Matcher place = PLACE.matcher(refused.reason);
        int entry = batch.size() == 1 ? 0 : place.matches() ? Integer.parseInt(place.group(1)) : batch.size();
        if (entry < batch.size()) {
            refuse(ItemKind.CUSTOMER, batch.get(entry), refused);
            return List.of(without(List.of(batch.get(entry)), batch));
        }
        return List.of(batch.subList(0, batch.size() / 2), batch.subList(batch.size() / 2, batch.size()));
    }

    private static List<ObjectNode> without(Collection<ObjectNode> left, List<ObjectNode> batch) {
        return batch.stream().filter(customer -> !left.contains(customer)).toList();
    }

    private void count(List<ObjectNode> written, Map<List<String>, ObjectNode> existing) {
        long changed = written.stream()
                .map(ItemKind::key)
                .filter(existing::containsKey)
                .count();
        report.count(ItemKind.CUSTOMER, Column.CHANGED, changed);
        report.count(ItemKind.CUSTOMER, Column.CREATED, written.size() - changed);
    }

    /** Reports the customers of a batch whose referenceId belongs to another customer, and returns the others. */
    private List<ObjectNode> withoutTakenReferences(List<ObjectNode> batch) {
        Set<List<String>> written = batch.stream().map(ItemKind::key).collect(Collectors.toSet());
        Map<String, JsonNode> owners = new HashMap<>();
        search(
                        ItemKind.CUSTOMER,
                        Map.of("referenceId", values(batch, "referenceId").toList()))
                // A customer that the batch writes gives its referenceId up, or has it in the batch.
                .filter(owner -> !written.contains(ItemKind.key(owner)))
                .forEach(owner -> owners.put(owner.get("referenceId").asText(), owner));
        List<ObjectNode> free = new ArrayList<>();
        for (ObjectNode customer : batch) {
            JsonNode owner = customer.has("referenceId")
                    ? owners.putIfAbsent(customer.get("referenceId").asText(), customer)
                    : null;
            if (owner == null) {
                free.add(customer);
            } else {
                refuse(
                        ItemKind.CUSTOMER,
                        ItemKind.CUSTOMER.title(customer),
                        new ApiException(
                                Problem.REFERENCE_TAKEN,
                                customer.get("referenceId").asText(),
                                owner.get("name").asText()));
            }
        }
        return free;
    }

    private void refuse(ItemKind kind, ObjectNode item, CommandException refused) {
        Matcher place = PLACE.matcher(refused.reason);
        String reason = place.matches() ? place.group(2) : refused.reason;
        report.refuse(kind, kind.title(item), refused.status, reason);
    }
}
