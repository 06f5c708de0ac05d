package backoffice.cli;

import static backoffice.cli.ItemKind.CUSTOMER;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Gives customers of the target the name and the group that the source has for their {@code referenceId}. One whose place
 * another customer has is kept until the source is read. See docs/adr/0023.
 */
final class MovedCustomers {

    private final ApiClient target;
    private final boolean dryRun;
    private final Report report;

    private final Set<String> references = new HashSet<>();

    /** The {@code referenceId} values that several customers of the source have, of which none can be followed. */
    private final Set<String> repeated = new HashSet<>();

    private List<ObjectNode> kept = new ArrayList<>();

    MovedCustomers(ApiClient target, boolean dryRun, Report report) {
        this.target = target;
        this.dryRun = dryRun;
        this.report = report;
    }

    /** Takes note of customers that are read from the source. */
    void read(Collection<ObjectNode> customers) {
        customers.stream()
                .map(MovedCustomers::reference)
                .filter(reference -> !reference.isEmpty() && !references.add(reference))
                .forEach(repeated::add);
    }

    /**
     * Moves and renames what it can, and returns the customers that can be written. It keeps those whose place a customer with
     * another {@code referenceId} has: that one may move too.
     *
     * @param present the customers of the target with these keys; a customer that moves to a key is added without its members
     */
    List<ObjectNode> settle(Collection<ObjectNode> customers, Map<List<String>, JsonNode> present) {
        Map<String, JsonNode> holders = holders(customers.stream()
                .filter(customer -> !reference(customer).equals(reference(present.get(ItemKind.key(customer)))))
                .toList());
        List<ObjectNode> settled = new ArrayList<>();
        for (ObjectNode customer : customers) {
            JsonNode there = present.get(ItemKind.key(customer));
            JsonNode holder = holders.get(reference(customer));
            String taken = reference(there);
            boolean isFree = there == null || ItemKind.isKeyAlone(customer);
            if (isFree && holder != null && move(holder, customer)) {
                present.put(ItemKind.key(customer), JsonNodeFactory.instance.objectNode());
                settled.add(customer);
            } else if (holder == null && (isFree || taken.isEmpty() || taken.equals(reference(customer)))) {
                settled.add(customer);
            } else {
                kept.add(customer);
            }
        }
        return settled;
    }

    /** The customers that are kept, which it forgets. */
    List<ObjectNode> takeKept() {
        List<ObjectNode> taken = kept;
        kept = new ArrayList<>();
        return taken;
    }

    /** Takes the {@code referenceId} values of at most 1000 customers away from those of the target that have them. */
    void release(List<ObjectNode> customers) {
        List<ObjectNode> released = holders(customers).values().stream()
                .map(holder -> key(ItemKind.key(holder)).putNull("referenceId"))
                .toList();
        if (!released.isEmpty()) {
            send("PATCH", CUSTOMER.path, released);
        }
    }

    private Map<String, JsonNode> holders(Collection<ObjectNode> customers) {
        Set<String> wanted = ItemKind.values(customers, "referenceId");
        wanted.removeAll(repeated);
        Map<String, JsonNode> holders = new HashMap<>();
        target.find(CUSTOMER, Map.of("referenceId", wanted))
                .values()
                .forEach(holder -> holders.put(reference(holder), holder));
        return holders;
    }

    /** Whether a customer of the target has the name and the group of one of the source afterwards. */
    private boolean move(JsonNode from, ObjectNode to) {
        List<String> old = ItemKind.key(from);
        String group = to.path("groupName").asText("");
        String name = to.path("name").asText();
        // A customer with the new name can be in the old group, and one with the old name in the new group.
        boolean isMoved = rename(old, name) && regroup(List.of(old.get(0), name), group)
                || regroup(old, group) && rename(List.of(group, old.get(1)), name);
        report.count(CUSTOMER.plural(), "moved", isMoved ? 1 : 0);
        return isMoved;
    }

    private boolean rename(List<String> key, String name) {
        return key.get(1).equals(name) || send("PATCH", CUSTOMER.path, List.of(key(key).put("newName", name)));
    }

    private boolean regroup(List<String> key, String group) {
        return key.get(0).equals(group)
                || send(
                        group.isEmpty() ? "DELETE" : "POST",
                        ItemKind.membersPath(group.isEmpty() ? key.get(0) : group),
                        List.of(key(key)));
    }

    /** Whether the target does it; it can refuse it. */
    private boolean send(String method, String path, List<ObjectNode> batch) {
        try {
            if (!dryRun) {
                target.send(method, path, ItemKind.bytes(batch), "import-" + UUID.randomUUID());
            }
            return true;
        } catch (CommandException refused) {
            if (refused.isOfItem()) {
                return false;
            }
            throw refused;
        }
    }

    private static ObjectNode key(List<String> key) {
        return JsonNodeFactory.instance.objectNode().put("name", key.get(1)).put("groupName", key.get(0));
    }

    /** Empty for a customer without one. */
    private static String reference(JsonNode customer) {
        return customer == null ? "" : customer.path("referenceId").asText("");
    }
}
