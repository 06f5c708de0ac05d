package backoffice.persistence;

import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Closes the methods of Panache, because they reach the rows of all vendors. Each of them throws an
 * {@link UnsupportedOperationException} that says what to call.
 *
 * @param <E> the entity
 */
@SuppressWarnings({"deprecation", "unchecked"})
abstract class ClosedPanacheMethods<E> implements PanacheRepositoryBase<E, Long> {

    private static UnsupportedOperationException closed() {
        return new UnsupportedOperationException("Panache's own methods know no vendor. Call find(vendor, ...), "
                + "update(vendor, ...), delete(vendor, ...) or sql(vendor, ...) of VendorRepository.");
    }

    // One line for each method makes them a table: spotless:off
    @Override public final Uni<Mutiny.Session> getSession() { throw closed(); }
    @Override public final Uni<E> persist(E entity) { throw closed(); }
    @Override public final Uni<E> persistAndFlush(E entity) { throw closed(); }
    @Override public final Uni<Void> delete(E entity) { throw closed(); }
    @Override public final boolean isPersistent(E entity) { throw closed(); }
    @Override public final Uni<Void> flush() { throw closed(); }
    @Override public final Uni<E> findById(Long id) { throw closed(); }
    @Override public final Uni<E> findById(Long id, LockModeType lock) { throw closed(); }
    @Override public final PanacheQuery<E> find(String q, Object... p) { throw closed(); }
    @Override public final PanacheQuery<E> find(String q, Sort sort, Object... p) { throw closed(); }
    @Override public final PanacheQuery<E> find(String q, Map<String, Object> p) { throw closed(); }
    @Override public final PanacheQuery<E> find(String q, Sort sort, Map<String, Object> p) { throw closed(); }
    @Override public final PanacheQuery<E> find(String q, Parameters p) { throw closed(); }
    @Override public final PanacheQuery<E> find(String q, Sort sort, Parameters p) { throw closed(); }
    @Override public final PanacheQuery<E> findAll() { throw closed(); }
    @Override public final PanacheQuery<E> findAll(Sort sort) { throw closed(); }
    @Override public final Uni<List<E>> list(String q, Object... p) { throw closed(); }
    @Override public final Uni<List<E>> list(String q, Sort sort, Object... p) { throw closed(); }
    @Override public final Uni<List<E>> list(String q, Map<String, Object> p) { throw closed(); }
    @Override public final Uni<List<E>> list(String q, Sort sort, Map<String, Object> p) { throw closed(); }
    @Override public final Uni<List<E>> list(String q, Parameters p) { throw closed(); }
    @Override public final Uni<List<E>> list(String q, Sort sort, Parameters p) { throw closed(); }
    @Override public final Uni<List<E>> listAll() { throw closed(); }
    @Override public final Uni<List<E>> listAll(Sort sort) { throw closed(); }
    @Override public final Uni<Long> count() { throw closed(); }
    @Override public final Uni<Long> count(String q, Object... p) { throw closed(); }
    @Override public final Uni<Long> count(String q, Map<String, Object> p) { throw closed(); }
    @Override public final Uni<Long> count(String q, Parameters p) { throw closed(); }
    @Override public final Uni<Long> deleteAll() { throw closed(); }
    @Override public final Uni<Boolean> deleteById(Long id) { throw closed(); }
    @Override public final Uni<Long> delete(String q, Object... p) { throw closed(); }
    @Override public final Uni<Long> delete(String q, Map<String, Object> p) { throw closed(); }
    @Override public final Uni<Long> delete(String q, Parameters p) { throw closed(); }
    @Override public final Uni<Void> persist(Iterable<E> entities) { throw closed(); }
    @Override public final Uni<Void> persist(Stream<E> entities) { throw closed(); }
    @Override public final Uni<Void> persist(E first, E... entities) { throw closed(); }
    @Override public final Uni<Integer> update(String q, Object... p) { throw closed(); }
    @Override public final Uni<Integer> update(String q, Map<String, Object> p) { throw closed(); }
    @Override public final Uni<Integer> update(String q, Parameters p) { throw closed(); }
    // spotless:on
}
