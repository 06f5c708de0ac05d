package backoffice.cli;

import backoffice.customer.CustomerBatchRepository;
import backoffice.customer.CustomerData;
import backoffice.envelope.ApiException;
import backoffice.envelope.Status;
import backoffice.group.CustomerGroupRepository;
import backoffice.persistence.Database;
import backoffice.value.Name;
import backoffice.value.Vendor;
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

    /** PostgreSQL 17 has a privilege for it. Before, the owner alone may do it. */
    private static final String MAY_ANALYZE = """
            select case when cast(current_setting('server_version_num') as int) >= 170000
                then has_table_privilege(oid, 'maintain') else pg_has_role(relowner, 'usage') end
            from pg_class where oid = cast('customer' as regclass)
            """;

    private final Database database;
    private final CustomerGroupRepository groups;
    private final CustomerBatchRepository customers;

    ImportTarget(Database database, CustomerGroupRepository groups, CustomerBatchRepository customers) {
        this.database = database;
        this.groups = groups;
        this.customers = customers;
    }

    /**
     * Returns a vendor to import into.
     *
     * @param dryRun whether each batch is rolled back at its end
     * @param notices takes a sentence for each failure that is retried
     */
    OfVendor vendor(String name, boolean dryRun, Consumer<String> notices) {
        return new OfVendor(new Vendor(name), dryRun, notices);
    }

    /** A vendor of this service. Its methods block. */
    final class OfVendor {

        private final Vendor vendor;
        private final boolean dryRun;
        private final Consumer<String> notices;

        private OfVendor(Vendor vendor, boolean dryRun, Consumer<String> notices) {
            this.vendor = vendor;
            this.dryRun = dryRun;
            this.notices = notices;
        }

        /** The name of the vendor, as in the database. */
        String name() {
            return vendor.name();
        }

        /** Creates the groups that do not exist, and returns them. */
        List<Name> addGroups(List<Name> names) {
            return run(() -> groups.createMissing(vendor, names));
        }

        /** Creates the customers that do not exist, and before them their groups. */
        ImportBatchResult addCustomers(List<CustomerData> batch) {
            List<Name> groupNames = batch.stream()
                    .map(CustomerData::groupName)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            return run(() -> groups.createMissing(vendor, groupNames)
                    .chain(created -> customers
                            .createMissing(vendor, batch)
                            .map(result -> new ImportBatchResult(created, result))));
        }

        /**
         * Refreshes the statistics of PostgreSQL's planner, which an import makes outdated, unless this is a dry run.
         *
         * @return false when the user of the database may not do that; autovacuum does it about a minute later then
         */
        boolean refreshStatistics() {
            return dryRun || run(this::analyze);
        }

        private Uni<Boolean> analyze() {
            return database.sqlOfNoVendor(MAY_ANALYZE)
                    .map(rows -> (Boolean) rows.get(0)[0])
                    .call(may -> may
                            ? database.sqlOfNoVendor("analyze customer_group, customer")
                            : Uni.createFrom().voidItem());
        }

        private <T> T run(Supplier<Uni<T>> batch) {
            return Retry.withBackOff(
                    () -> Blocking.await(
                            () -> dryRun ? database.dryRun(vendor, batch) : database.transaction(vendor, batch)),
                    failure -> failure instanceof ApiException e && e.status() == Status.UNAVAILABLE,
                    failure -> notices.accept("The database is out of reach or overloaded. Retrying."));
        }
    }
}
