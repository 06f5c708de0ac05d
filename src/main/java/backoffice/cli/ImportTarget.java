package backoffice.cli;

import backoffice.changes.Origin;
import backoffice.customer.CustomerBatchRepository;
import backoffice.customer.CustomerData;
import backoffice.envelope.ApiException;
import backoffice.envelope.Status;
import backoffice.group.CustomerGroupRepository;
import backoffice.persistence.SqlExecutor;
import backoffice.value.Name;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The target of an import: a vendor of this service. Each batch is one transaction. A batch that fails because the
 * database is out of reach or overloaded may be done or not. It is retried ({@link Retry}), which is safe, because a
 * batch creates only what is missing.
 */
@ApplicationScoped
class ImportTarget {

    private final SqlExecutor sql;
    private final CustomerGroupRepository groups;
    private final CustomerBatchRepository customers;

    ImportTarget(SqlExecutor sql, CustomerGroupRepository groups, CustomerBatchRepository customers) {
        this.sql = sql;
        this.groups = groups;
        this.customers = customers;
    }

    /**
     * Returns a vendor to import into.
     *
     * @param dryRun whether each batch is rolled back at its end
     * @param notices takes a sentence for each failure that is retried
     */
    Vendor vendor(String name, boolean dryRun, Consumer<String> notices) {
        return new Vendor(name, dryRun, notices);
    }

    /** A vendor of this service. Its methods block. */
    final class Vendor {

        private final String name;
        private final boolean dryRun;
        private final Consumer<String> notices;

        private Vendor(String name, boolean dryRun, Consumer<String> notices) {
            this.name = name;
            this.dryRun = dryRun;
            this.notices = notices;
        }

        /** The name of the vendor, as in the database. */
        String name() {
            return name;
        }

        /** Creates the groups that do not exist, and returns them. */
        List<Name> addGroups(List<Name> names) {
            return run(() -> groups.createMissing(name, names));
        }

        /** Creates the customers that do not exist, and before them their groups. */
        ImportBatchResult addCustomers(List<CustomerData> batch) {
            List<Name> groupNames = batch.stream()
                    .map(CustomerData::groupName)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            return run(() -> groups.createMissing(name, groupNames)
                    .chain(created -> customers
                            .createMissing(name, batch)
                            .map(result -> new ImportBatchResult(created, result))));
        }

        /** Refreshes the statistics of the tables, unless this is a dry run. False when the user may not do that. */
        boolean refreshStatistics() {
            return dryRun || run(() -> sql.refreshStatistics(name));
        }

        private <T> T run(Supplier<Uni<T>> batch) {
            return Retry.withBackOff(
                    () -> Blocking.await(() -> {
                        Origin.setCommand("import");
                        return dryRun ? sql.dryRun(name, batch) : sql.transaction(name, batch);
                    }),
                    failure -> failure instanceof ApiException e && e.status() == Status.UNAVAILABLE,
                    failure -> notices.accept("The database is out of reach or overloaded. Retrying."));
        }
    }
}
