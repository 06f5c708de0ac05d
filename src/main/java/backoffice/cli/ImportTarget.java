package backoffice.cli;

import backoffice.customer.CustomerBatchRepository;
import backoffice.customer.CustomerData;
import backoffice.envelope.ApiException;
import backoffice.envelope.Status;
import backoffice.group.CustomerGroupRepository;
import backoffice.persistence.SqlExecutor;
import backoffice.value.Name;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where groups and customers go to: a vendor here. Each batch is one transaction, which a database that is out of reach or overloaded
 * has done or not done; it is tried again for some minutes.
 */
@ApplicationScoped
class ImportTarget {

    private final SqlExecutor database;
    private final CustomerGroupRepository groups;
    private final CustomerBatchRepository customers;

    ImportTarget(SqlExecutor database, CustomerGroupRepository groups, CustomerBatchRepository customers) {
        this.database = database;
        this.groups = groups;
        this.customers = customers;
    }

    /**
     * A vendor to move things to.
     *
     * @param dryRun whether each batch is undone at its end
     * @param notices hears of failures that are tried again
     */
    Vendor vendor(String name, boolean dryRun, Consumer<String> notices) {
        return new Vendor(name, dryRun, notices);
    }

    /** A vendor here. */
    final class Vendor {

        private final String name;
        private final boolean dryRun;
        private final Consumer<String> notices;

        private Vendor(String name, boolean dryRun, Consumer<String> notices) {
            this.name = name;
            this.dryRun = dryRun;
            this.notices = notices;
        }

        /** As it is written in the database. */
        String name() {
            return name;
        }

        /** Creates the groups that are not there, and tells which those were. */
        List<Name> addGroups(List<Name> names) {
            return run(() -> groups.createMissing(name, names));
        }

        /** Creates the customers that are not there, and before them the groups that they are in. */
        ImportBatchResult addCustomers(List<CustomerData> batch) {
            List<Name> homes = batch.stream()
                    .map(CustomerData::groupName)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            return run(() -> groups.createMissing(name, homes)
                    .chain(created -> customers
                            .createMissing(name, batch)
                            .map(intake -> new ImportBatchResult(created, intake))));
        }

        /** Tells PostgreSQL what there is now, where its user may. */
        void refreshStatistics() {
            if (!dryRun) {
                run(database::refreshStatistics);
            }
        }

        private <T> T run(Supplier<Uni<T>> batch) {
            return Retry.of(
                    () -> await(() -> dryRun ? database.dryRun(batch) : database.transaction(batch)),
                    failure -> failure instanceof ApiException e && e.status() == Status.UNAVAILABLE,
                    failure -> notices.accept("The database here is out of reach or overloaded. It is tried again."));
        }
    }

    private static <T> T await(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
