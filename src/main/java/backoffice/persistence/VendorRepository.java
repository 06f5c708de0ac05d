package backoffice.persistence;

import backoffice.value.Vendor;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The base of every repository: a Panache repository with methods that take the vendor first. No other class calls those
 * that Panache itself has, because they reach the rows of all vendors; {@code ArchitectureTest} holds that. HQL has the
 * vendor as {@code :vendor}, SQL as {@code $1}. Each method joins the transaction of {@link #transaction}, and is a
 * transaction of its own outside of one. See docs/adr/0003 and 0005.
 *
 * @param <E> the entity
 */
public abstract class VendorRepository<E> implements PanacheRepositoryBase<E, Long> {

    private static final String VENDOR = "vendor";

    private final Database database;

    protected VendorRepository(Database database) {
        this.database = database;
    }

    /**
     * Finds by HQL as Panache does, and returns the only row.
     *
     * @param isExpensive whether no index bounds the rows that it reads. Few such statements run at once
     * @param hql with a condition on {@code :vendor} for each alias
     * @param parameters the values of the other named parameters
     */
    @SuppressWarnings("unchecked")
    protected final Uni<Object[]> find(Vendor vendor, boolean isExpensive, String hql, Map<String, Object> parameters) {
        Map<String, Object> bound = bind(vendor, parameters);
        return database.find(
                vendor, isExpensive, hql, () -> ((PanacheQuery<Object[]>) find(hql, bound)).singleResult());
    }

    /** Updates by HQL as Panache does, and returns the number of rows. */
    protected final Uni<Integer> update(Vendor vendor, String hql, Map<String, Object> parameters) {
        Map<String, Object> bound = bind(vendor, parameters);
        String statement = ChangeStatement.hql(hql, bound, database.actor());
        return database.change(vendor, () -> update(statement, bound));
    }

    /** Deletes by HQL as Panache does, and returns the number of rows. */
    protected final Uni<Long> delete(Vendor vendor, String hql, Map<String, Object> parameters) {
        Map<String, Object> bound = bind(vendor, parameters);
        String statement = ChangeStatement.hql(hql, bound, database.actor());
        return database.change(vendor, () -> delete(statement, bound));
    }

    /**
     * Executes a statement that only SQL can say, and returns its rows.
     *
     * @param parameters the values from {@code $2} on
     */
    protected final Uni<List<Object[]>> sql(Vendor vendor, String statement, Object... parameters) {
        return database.sql(vendor, statement, bind(vendor, parameters));
    }

    /** Executes a statement of SQL that changes groups or customers, as {@link #sql}. Returned columns may get one before. */
    protected final Uni<List<Object[]>> write(Vendor vendor, String statement, Object... parameters) {
        String actor = database.actor();
        Object[] bound = bind(vendor, parameters);
        return database.sql(
                vendor, ChangeStatement.sql(statement, bound, actor), ChangeStatement.parameters(bound, actor));
    }

    /**
     * Executes a statement of SQL that changes this number of rows, within a transaction. Does nothing for 0 rows. When it
     * changes another number, the transaction starts again (docs/adr/0009).
     */
    protected final Uni<Void> change(int rows, Vendor vendor, String statement, Object... parameters) {
        if (rows == 0) {
            return Uni.createFrom().voidItem();
        }
        String actor = database.actor();
        Object[] bound = bind(vendor, parameters);
        return SqlStatements.change(
                rows, ChangeStatement.sql(statement, bound, actor), ChangeStatement.parameters(bound, actor));
    }

    /**
     * Reads by one fast statement of SQL outside of any transaction, on a connection that concurrent calls share. A slow
     * statement would delay theirs.
     */
    protected final Uni<List<Object[]>> read(Vendor vendor, String statement, Object... parameters) {
        return database.read(vendor, statement, bind(vendor, parameters));
    }

    /**
     * Executes work as one transaction. It is repeated from the start when another transaction conflicts with it, so it
     * must have no effect outside of the database. Within a transaction, it joins that one. See docs/adr/0009.
     *
     * @param rows the number of rows that it works on at most. Few transactions with over 100 rows run at once
     */
    public final <T> Uni<T> transaction(Vendor vendor, int rows, Supplier<Uni<T>> work) {
        return database.transaction(vendor, rows, work);
    }

    private static Map<String, Object> bind(Vendor vendor, Map<String, Object> parameters) {
        Map<String, Object> bound = new HashMap<>(parameters);
        bound.put(VENDOR, vendor.name());
        return bound;
    }

    private static Object[] bind(Vendor vendor, Object... parameters) {
        Object[] bound = new Object[parameters.length + 1];
        bound[0] = vendor.name();
        System.arraycopy(parameters, 0, bound, 1, parameters.length);
        return bound;
    }
}
