package backoffice.moving;

import backoffice.customer.CustomerBatchRepository;
import backoffice.customer.CustomerData;
import backoffice.database.Database;
import backoffice.envelope.ApiException;
import backoffice.envelope.Status;
import backoffice.group.CustomerGroupRepository;
import backoffice.value.Name;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
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
class Target {

    private final Database database;
    private final CustomerGroupRepository groups;
    private final CustomerBatchRepository customers;

    Target(Database database, CustomerGroupRepository groups, CustomerBatchRepository customers) {
        this.database = database;
        this.groups = groups;
        this.customers = customers;
    }

    /**
     * A vendor to move things to.
     *
     * @param rehearsal whether each batch is undone at its end
     * @param notices hears of failures that are tried again
     */
    Vendor vendor(String name, boolean rehearsal, Consumer<String> notices) {
        return new Vendor(name, rehearsal, notices);
    }

    /** A vendor here. */
    final class Vendor {

        private final String name;
        private final boolean rehearsal;
        private final Consumer<String> notices;

        private Vendor(String name, boolean rehearsal, Consumer<String> notices) {
            this.name = name;
            this.rehearsal = rehearsal;
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
        Arrival addCustomers(List<CustomerData> batch) {
            List<Name> homes = batch.stream()
                    .map(CustomerData::groupName)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            return run(() -> groups.createMissing(name, homes)
                    .chain(created ->
                            customers.createMissing(name, batch).map(intake -> new Arrival(created, intake))));
        }

        /** Tells PostgreSQL what there is now, where its user may. */
        void refreshStatistics() {
            if (!rehearsal) {
                run(() -> database.execute("analyze customer_group, customer", Tuple.tuple()));
            }
        }

        private <T> T run(Supplier<Uni<T>> batch) {
            return Persistence.of(
                    () -> await(() -> database.transaction(() -> batch.get().call(this::undo))),
                    failure -> failure instanceof ApiException e && e.status() == Status.UNAVAILABLE,
                    failure -> notices.accept("The database here is out of reach or overloaded. It is tried again."));
        }

        private Uni<Void> undo() {
            return rehearsal
                    ? database.execute("rollback", Tuple.tuple()).replaceWithVoid()
                    : Uni.createFrom().voidItem();
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
