package backoffice.persistence;

import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The base of the repositories with HQL: a Panache repository with methods that take the vendor first, which HQL has as
 * {@code :vendor}. No other class calls the methods that Panache itself has, because they reach the rows of all vendors;
 * {@code ArchitectureTest} holds that. See
 * docs/adr/0003 and 0005.
 *
 * @param <E> the entity
 */
public abstract class VendorRepository<E> implements PanacheRepositoryBase<E, Long> {

    /**
     * Finds by HQL as Panache does, in the session of a {@link Work}, and returns the first row; null when there is none.
     *
     * @param hql with a condition on {@code :vendor} for each alias
     * @param parameters the values of the other named parameters
     */
    @SuppressWarnings("unchecked")
    protected final Uni<Object[]> find(VendorSql db, String hql, Map<String, Object> parameters) {
        Map<String, Object> bound = new HashMap<>(parameters);
        bound.put("vendor", db.vendor().name());
        Uni<List<Object[]>> rows = VendorSql.unlessOver(() -> ((PanacheQuery<Object[]>) find(hql, bound)).list());
        return rows.map(found -> found.isEmpty() ? null : found.get(0));
    }
}
