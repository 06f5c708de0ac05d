package backoffice.persistence;

import backoffice.value.Vendor;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The base of the repositories with HQL: a Panache repository with methods that take the vendor first, which HQL has as
 * {@code :vendor}. No other class calls the methods that Panache itself has, because they reach the rows of all vendors;
 * {@code ArchitectureTest} holds that. Each method is called in a session of the call, which {@link Connections} opens. See
 * docs/adr/0003 and 0005.
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
     * Finds by HQL as Panache does, and returns the first row; null when there is none.
     *
     * @param hql with a condition on {@code :vendor} for each alias
     * @param parameters the values of the other named parameters
     */
    @SuppressWarnings("unchecked")
    protected final Uni<Object[]> find(Vendor vendor, String hql, Map<String, Object> parameters) {
        Uni<List<Object[]>> rows = ((PanacheQuery<Object[]>) find(hql, bind(vendor, parameters))).list();
        return rows.map(found -> found.isEmpty() ? null : found.get(0));
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
        return statement.apply(who == null ? hql : ChangeActor.hql(hql), bound);
    }

    private static Map<String, Object> bind(Vendor vendor, Map<String, Object> parameters) {
        Map<String, Object> bound = new HashMap<>(parameters);
        bound.put("vendor", vendor.name());
        return bound;
    }
}
