package backoffice.cli;

import backoffice.customer.CustomerData;
import backoffice.envelope.ApiException;
import backoffice.envelope.Excerpt;
import backoffice.group.Group;
import backoffice.json.StrictJsonReader;
import backoffice.value.Name;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Imports the items of a source into a vendor, and counts them in a report. It does not change groups and
 * customers that exist already.
 */
final class Importer implements ImportSink {

    private final ImportTarget.OfVendor target;
    private final StrictJsonReader json;
    private final GracefulStop stop;
    private final ImportReport report;
    private final Set<Name> createdGroups = new HashSet<>();
    private long createdCustomers;
    private long nextRefresh = 1;

    Importer(ImportTarget.OfVendor target, StrictJsonReader json, ImportReport report, GracefulStop stop) {
        this.stop = stop;
        this.target = target;
        this.json = json;
        this.report = report;
    }

    @Override
    public void take(ItemKind kind, List<JsonNode> items, double fraction) {
        stop.throwIfStopped();
        report.read(kind, items.size());
        if (kind == ItemKind.GROUP) {
            takeGroups(valid(kind, items, Group.class));
        } else {
            takeCustomers(valid(kind, items, CustomerData.class));
        }
        report.progress(kind, fraction);
    }

    @Override
    public void refuse(String place, ApiException reason) {
        report.refuse(place, reason);
    }

    @Override
    public void note(String sentence) {
        report.note(sentence);
    }

    private void takeGroups(List<Group> groups) {
        int created = count(target.addGroups(groups.stream().map(Group::name).toList()));
        report.created(ItemKind.GROUP, created);
        report.present(ItemKind.GROUP, groups.size() - created);
    }

    private void takeCustomers(List<CustomerData> customers) {
        ImportBatchResult result = target.addCustomers(customers);
        report.created(ItemKind.GROUP, count(result.groups()));
        report.created(ItemKind.CUSTOMER, result.customers().created());
        refreshStatistics(result.customers().created());
        report.present(ItemKind.CUSTOMER, result.customers().skipped());
        result.customers().refused().forEach(refusal -> {
            String group = refusal.customer().groupName() == null
                    ? null
                    : refusal.customer().groupName().value();
            report.refuse(
                    ItemKind.CUSTOMER,
                    describe(ItemKind.CUSTOMER, refusal.customer().name().value(), group),
                    refusal.reason());
        });
    }

    /**
     * Refreshes statistics after the first batch, and each time that the number of created customers has grown tenfold.
     * The planner would otherwise plan for an empty table until autovacuum comes. See docs/adr/0023.
     */
    private void refreshStatistics(int created) {
        createdCustomers += created;
        if (createdCustomers >= nextRefresh) {
            boolean refreshed = target.refreshStatistics();
            nextRefresh = refreshed ? 10 * createdCustomers : Long.MAX_VALUE;
            if (!refreshed) {
                note("The user of the database does not own the tables, so PostgreSQL plans with old statistics. "
                        + "The import can be slow until autovacuum refreshes them, about once a minute.");
            }
        }
    }

    /**
     * Counts each group once. A dry run rolls groups back, so it creates a group again for each batch that needs it.
     */
    private int count(List<Name> groups) {
        return (int) groups.stream().filter(createdGroups::add).count();
    }

    private <T> List<T> valid(ItemKind kind, List<JsonNode> items, Class<T> type) {
        List<T> valid = new ArrayList<>();
        for (JsonNode item : items) {
            try {
                valid.add(json.convert(withoutUnknownMembers(kind, item), type));
            } catch (ApiException reason) {
                report.refuse(
                        kind,
                        describe(
                                kind,
                                item.path("name").asText(),
                                item.path("groupName").asText(null)),
                        reason);
            }
        }
        return valid;
    }

    /** Removes the members that the API does not have. Another server may send more. */
    private JsonNode withoutUnknownMembers(ItemKind kind, JsonNode item) {
        if (!(item instanceof ObjectNode object)) {
            return item;
        }
        object.fieldNames().forEachRemaining(member -> {
            if (!kind.members().contains(member)) {
                report.unknownMember(kind, member);
            }
        });
        return object.retain(kind.members());
    }

    private static String describe(ItemKind kind, String name, String group) {
        String description = kind.singular() + " \"" + Excerpt.of(name) + "\"";
        return group == null || group.isEmpty() ? description : description + " of group \"" + Excerpt.of(group) + "\"";
    }
}
