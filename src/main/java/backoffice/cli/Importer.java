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

/** Takes what a source hands over to a vendor here, and keeps the report of it. What is there already is left as it is. */
final class Importer implements ImportSink {

    private final ImportTarget.Vendor target;
    private final StrictJsonReader json;
    private final GracefulStop stop;
    private final ImportReport report;
    private final Set<Name> createdGroups = new HashSet<>();
    private long createdCustomers;
    private long nextStatistics = 1;

    Importer(ImportTarget.Vendor target, StrictJsonReader json, ImportReport report, GracefulStop stop) {
        this.stop = stop;
        this.target = target;
        this.json = json;
        this.report = report;
    }

    @Override
    public void take(ItemKind kind, List<JsonNode> items, double done) {
        stop.check();
        report.read(kind, items.size());
        if (kind == ItemKind.GROUP) {
            takeGroups(legal(kind, items, Group.class));
        } else {
            takeCustomers(legal(kind, items, CustomerData.class));
        }
        report.progress(kind, done);
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
        ImportBatchResult arrival = target.addCustomers(customers);
        report.created(ItemKind.GROUP, count(arrival.groups()));
        report.created(ItemKind.CUSTOMER, arrival.customers().created());
        refreshStatistics(arrival.customers().created());
        report.present(ItemKind.CUSTOMER, arrival.customers().present());
        arrival.customers().refused().forEach(r -> {
            String group = r.customer().groupName() == null
                    ? null
                    : r.customer().groupName().value();
            report.refuse(
                    ItemKind.CUSTOMER,
                    title(ItemKind.CUSTOMER, r.customer().name().value(), group),
                    r.reason());
        });
    }

    /**
     * PostgreSQL looks up what it believes a table to hold, and would take a minute to notice that one fills. Tenfold is another
     * table.
     */
    private void refreshStatistics(int created) {
        createdCustomers += created;
        if (createdCustomers >= nextStatistics) {
            target.refreshStatistics();
            nextStatistics = 10 * createdCustomers;
        }
    }

    /** A rehearsal creates a group again for each batch that needs it. */
    private int count(List<Name> groups) {
        return (int) groups.stream().filter(createdGroups::add).count();
    }

    private <T> List<T> legal(ItemKind kind, List<JsonNode> items, Class<T> type) {
        List<T> legal = new ArrayList<>();
        for (JsonNode item : items) {
            try {
                legal.add(json.convert(known(kind, item), type));
            } catch (ApiException reason) {
                report.refuse(
                        kind,
                        title(
                                kind,
                                item.path("name").asText(),
                                item.path("groupName").asText(null)),
                        reason);
            }
        }
        return legal;
    }

    /** Another server may tell more of a customer than this one keeps. */
    private JsonNode known(ItemKind kind, JsonNode item) {
        if (!(item instanceof ObjectNode object)) {
            return item;
        }
        object.fieldNames().forEachRemaining(member -> {
            if (!kind.members().contains(member)) {
                report.leftOut(kind, member);
            }
        });
        return object.retain(kind.members());
    }

    private static String title(ItemKind kind, String name, String group) {
        String title = kind.word() + " \"" + Excerpt.of(name) + "\"";
        return group == null || group.isEmpty() ? title : title + " of group \"" + Excerpt.of(group) + "\"";
    }
}
