package backoffice.persistence;

import backoffice.persistence.StatementExecutor.Cost;
import backoffice.value.Vendor;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The base of the repositories with HQL: a Panache repository with methods that take the vendor first, which HQL has as
 * {@code :vendor}. No other class calls the methods that Panache itself has, because they reach the rows of all vendors;
 * {@code ArchitectureTest} holds that. Each method joins the transaction of {@link VendorSql#transaction}, and is a
 * transaction of its own outside of one. See docs/adr/0003 and 0005.
 *
 * @param <E> the entity
 */
public abstract class VendorRepository<E> implements PanacheRepositoryBase<E, Long> {

    /** Executes what only SQL can say. */
    protected final VendorSql sql;

    protected VendorRepository(VendorSql sql) {
        this.sql = sql;
    }

    /**
     * Finds by HQL as Panache does, and returns the only row.
     *
     * @param hql with a condition on {@code :vendor} for each alias
     * @param parameters the values of the other named parameters
     */
    protected final Uni<Object[]> find(Vendor vendor, Cost cost, String hql, Map<String, Object> parameters) {
        Map<String, Object> bound = bind(vendor, parameters);
        return sql.executor.find(
                vendor,
                cost,
                hql,
                () -> Panache.withSession(() -> query(hql, bound).singleResult()));
    }

    /** The same within {@link VendorSql#snapshot}. Returns the first row; null when there is none. */
    protected final Uni<Object[]> findInSnapshot(Vendor vendor, String hql, Map<String, Object> parameters) {
        return query(hql, bind(vendor, parameters)).list().map(rows -> rows.isEmpty() ? null : rows.get(0));
    }

    @SuppressWarnings("unchecked")
    private PanacheQuery<Object[]> query(String hql, Map<String, Object> bound) {
        return (PanacheQuery<Object[]>) find(hql, bound);
    }

    /** Updates by HQL as Panache does, and returns the number of rows. */
    protected final Uni<Integer> update(Vendor vendor, String hql, Map<String, Object> parameters) {
        return change(vendor, hql, parameters, this::update);
    }

    /** Deletes by HQL as Panache does, and returns the number of rows. */
    protected final Uni<Long> delete(Vendor vendor, String hql, Map<String, Object> parameters) {
        return change(vendor, hql, parameters, this::delete);
    }

    private <T> Uni<T> change(
            Vendor vendor,
            String hql,
            Map<String, Object> parameters,
            BiFunction<String, Map<String, Object>, Uni<T>> statement) {
        Map<String, Object> bound = bind(vendor, parameters);
        String who = sql.actor();
        if (who != null) {
            bound.put("actor", who);
        }
        Supplier<Uni<T>> change = () -> statement.apply(who == null ? hql : ChangeActor.hql(hql), bound);
        // In a transaction of several rows, which has no session, Panache refuses the change.
        return VendorSql.currentTransaction() == null
                ? sql.executor.onOwnConnection(vendor, Cost.CHEAP, () -> Panache.withSession(change))
                : change.get();
    }

    private static Map<String, Object> bind(Vendor vendor, Map<String, Object> parameters) {
        Map<String, Object> bound = new HashMap<>(parameters);
        bound.put("vendor", vendor.name());
        return bound;
    }
}
