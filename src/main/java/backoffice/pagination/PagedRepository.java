package backoffice.pagination;

import static java.util.Objects.requireNonNullElse;

import backoffice.envelope.Envelope.Page;
import backoffice.persistence.Database;
import backoffice.persistence.VendorSql;
import backoffice.persistence.Work;
import backoffice.persistence.Work.Access;
import backoffice.persistence.Work.Cost;
import backoffice.persistence.Work.Estimate;
import backoffice.search.Hql;
import backoffice.value.Vendor;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The base of the repositories with HQL: a Panache repository with a list to page through (docs/api.md, section 1.5). A near
 * page is read from the start of the list. A far page of a whole list is read from the name of its first item, which the row
 * counts of ranges of names lead to. No other class calls the methods that Panache itself has, because they reach the rows of
 * all vendors; {@code ArchitectureTest} holds that. See docs/adr/0003, 0005 and 0007.
 *
 * @param <E> the entity
 */
public abstract class PagedRepository<E> implements PanacheRepositoryBase<E, Long> {

    /** PostgreSQL skips so few items faster than it looks for the range, and more where it reads names alone. */
    private static final int MAX_OFFSET_OF_NEAR_PAGE = 1000;

    private static final int MAX_OFFSET_OF_NEAR_PAGE_OF_NAMES = 10_000;

    /** A page of 150 customers has so many values, and no page of groups. */
    private static final int MAX_VALUES_OF_CHEAP_PAGE = 2000;

    private static final int MAX_SKIPPED_BY_CHEAP_SEARCH = 2000;

    private static final String LIST_LENGTHS = """
            select cast(coalesce(sum(rows), 0) as bigint) from row_count
            where vendor = $1 and list in ('groups', 'customers')
            """;

    /** The columns of the row that {@link PagedList#hql} describes. */
    private static final int TOTAL = 0;

    private static final int BYTES = 1;
    private static final int FIRST_COLUMN = 2;

    private final ListLengths lengths;

    /** The bytes that the items of the last page of a vendor had, and a quarter more. */
    private final Map<Vendor, Long> bytesOfItem = new ConcurrentHashMap<>();

    protected PagedRepository(Database database) {
        this.lengths = new ListLengths(vendor -> database.selectBesideCalls(vendor, LIST_LENGTHS));
    }

    /**
     * Reads a page of what a search finds in a list; null when there is no such list.
     *
     * @param mapper makes an item of its columns, which it gets by index
     */
    protected final <T> Work<Page<T>> page(
            PagedList list, Hql search, PageRange range, Function<IntFunction<Object>, T> mapper) {
        int maxOffset = list.width() == 1 ? MAX_OFFSET_OF_NEAR_PAGE_OF_NAMES : MAX_OFFSET_OF_NEAR_PAGE;
        boolean isFar = list.isWhole(search) && range.offset() > maxOffset;
        String hql = list.hql(search);
        Function<VendorSql, Uni<Object[]>> row = db -> {
            BiFunction<String, Map<String, Object>, Uni<Object[]>> find =
                    (statement, parameters) -> find(db, search, statement, parameters);
            IntFunction<Map<String, Object>> onPage = offset -> onPage(db, list, offset, range.limit());
            return isFar
                    ? list.farPage().read(range.offset(), find, onPage)
                    : find.apply(hql, onPage.apply(range.offset()));
        };
        return new Work<>(
                isFar ? Access.SNAPSHOT : Access.SESSION,
                vendor -> Estimate.ofRows(
                        cost(vendor, list, search, range), bytesOfItem.getOrDefault(vendor, 0L) * range.limit()),
                db -> row.apply(db)
                        .invoke(found -> db.room().require(bytes(found)))
                        .map(found -> toPage(db.vendor(), found, mapper)));
    }

    private Cost cost(Vendor vendor, PagedList list, Hql search, PageRange range) {
        if (!list.isWhole(search)
                && (range.offset() > MAX_SKIPPED_BY_CHEAP_SEARCH
                        || !search.effort().isBounded()
                                && !lengths.areFew(vendor, search.effort().values()))) {
            return Cost.EXPENSIVE;
        }
        return range.limit() * list.width() > MAX_VALUES_OF_CHEAP_PAGE ? Cost.LARGE_PAGE : Cost.CHEAP;
    }

    /**
     * The first row that HQL finds, in the session of its work; null when there is none.
     *
     * @param hql with a condition on {@code :vendor} for each alias
     * @param parameters the values of the named parameters that neither the vendor nor the search has
     */
    @SuppressWarnings("unchecked")
    private Uni<Object[]> find(VendorSql db, Hql search, String hql, Map<String, Object> parameters) {
        Map<String, Object> bound = new HashMap<>(search.parameters());
        bound.putAll(parameters);
        bound.put("vendor", db.vendor().name());
        Uni<List<Object[]>> rows = VendorSql.unlessOver(() -> ((PanacheQuery<Object[]>) find(hql, bound)).list());
        return rows.map(found -> found.isEmpty() ? null : found.get(0));
    }

    /** The parameters of a page, in a map of its own. */
    private static Map<String, Object> onPage(VendorSql db, PagedList list, int offset, int limit) {
        // Hibernate compares the size with an int.
        int room = (int) Math.min(db.room().bytes(), Integer.MAX_VALUE);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("offset", offset);
        parameters.put("limit", limit);
        parameters.put("room", room);
        if (list.hasEnd()) {
            // Hibernate takes a number of rows as an int.
            parameters.put("end", (int) Math.min((long) offset + limit, Integer.MAX_VALUE));
        }
        return parameters;
    }

    /** @param row the row that {@link PagedList#hql} describes */
    private <T> Page<T> toPage(Vendor vendor, Object[] row, Function<IntFunction<Object>, T> mapper) {
        Long total = (Long) row[TOTAL];
        List<T> items = items(row, mapper);
        if (!items.isEmpty()) {
            bytesOfItem.put(vendor, bytes(row) / items.size() * 5 / 4);
        }
        return total == null ? null : new Page<>(total, items);
    }

    private static long bytes(Object[] row) {
        return (int) row[BYTES];
    }

    /** The items of a page. Each is made when it becomes JSON, so that a large page is never in memory twice. */
    private static <T> List<T> items(Object[] row, Function<IntFunction<Object>, T> mapper) {
        Object[] names = (Object[]) requireNonNullElse(row[FIRST_COLUMN], new Object[0]);
        return new AbstractList<>() {
            @Override
            public T get(int item) {
                return mapper.apply(column -> {
                    Object[] values = (Object[]) row[FIRST_COLUMN + column];
                    return values == null ? null : values[item];
                });
            }

            @Override
            public int size() {
                return names.length;
            }
        };
    }
}
