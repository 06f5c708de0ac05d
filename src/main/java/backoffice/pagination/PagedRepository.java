package backoffice.pagination;

import backoffice.bulkhead.MemoryBudget;
import backoffice.envelope.Envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.persistence.StatementExecutor.Cost;
import backoffice.persistence.VendorRepository;
import backoffice.persistence.VendorSql;
import backoffice.search.Bound;
import backoffice.search.Hql;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The base of the repositories that have a list to page through (docs/api.md, section 1.5). A near page is read from the
 * start of the list. A far page of a whole list is read from the name of its first item, which the row counts of ranges of
 * names lead to. See docs/adr/0007.
 *
 * @param <E> the entity
 */
public abstract class PagedRepository<E> extends VendorRepository<E> {

    /** PostgreSQL skips so few items faster than it looks for the range, and more where it reads names alone. */
    private static final int MAX_OFFSET_OF_NEAR_PAGE = 1000;

    private static final int MAX_OFFSET_OF_NEAR_PAGE_OF_NAMES = 10_000;

    /** A page of 150 customers has so many values, and no page of groups. */
    private static final int MAX_VALUES_OF_CHEAP_PAGE = 2000;

    private static final int MAX_SKIPPED_BY_CHEAP_SEARCH = 2000;

    private static final String LIST_LENGTHS = """
            select cast(coalesce(sum(rows) filter (where list = 'groups'), 0) as bigint), cast(coalesce(sum(rows), 0) as bigint)
            from row_count where vendor = $1 and list in ('groups', 'customers')
            """;

    private final ListLengths lengths;

    /** The bytes that the items of the last page of a vendor had, and a quarter more. */
    private final Map<Vendor, Long> bytesOfItem = new ConcurrentHashMap<>();

    protected PagedRepository(VendorSql sql) {
        super(sql);
        this.lengths = new ListLengths(vendor -> sql.selectByKey(vendor, LIST_LENGTHS));
    }

    /**
     * Reads a page of a list of the vendor; null when there is no such list.
     *
     * @param mapper makes an item of its columns, which it gets by index
     */
    protected final <T> Uni<Page<T>> page(
            Vendor vendor, PageQuery query, PageRange range, Function<IntFunction<Object>, T> mapper) {
        int maxOffset = query.columns() == 1 ? MAX_OFFSET_OF_NEAR_PAGE_OF_NAMES : MAX_OFFSET_OF_NEAR_PAGE;
        boolean isFar = query.far() != null && range.offset() > maxOffset;
        long expected = bytesOfItem.getOrDefault(vendor, 0L) * range.limit();
        return sql.memory
                .rows(
                        expected,
                        () -> (isFar
                                        ? sql.snapshot(vendor, cost(query, range), () -> farPage(vendor, query, range))
                                        : nearPage(vendor, query, range))
                                .invoke(row -> MemoryBudget.requireRoom(bytes(row))))
                .map(columns -> page(vendor, columns, mapper));
    }

    /** Reads a page of what a search of the vendor finds in a list. */
    protected final <T> Uni<Page<T>> page(
            Vendor vendor, PagedList list, Hql search, PageRange range, Function<IntFunction<Object>, T> mapper) {
        boolean isLong = search.names() != null && !lengths.areFew(vendor, Bound.ROWS, 1);
        return page(vendor, list.find(search, isLong), range, mapper);
    }

    private static Cost cost(PageQuery query, PageRange range) {
        return range.limit() * query.columns() > MAX_VALUES_OF_CHEAP_PAGE ? Cost.LARGE_PAGE : Cost.CHEAP;
    }

    private Uni<Object[]> nearPage(Vendor vendor, PageQuery query, PageRange range) {
        boolean isExpensive = query.far() == null && range.offset() > MAX_SKIPPED_BY_CHEAP_SEARCH
                || !lengths.areFew(vendor, query.bound(), query.comparisons());
        return find(
                vendor,
                isExpensive ? Cost.EXPENSIVE : cost(query, range),
                query.page(),
                onPage(query, range.offset(), range.limit()));
    }

    private Uni<Object[]> farPage(Vendor vendor, PageQuery query, PageRange range) {
        PageQuery.Far far = query.far();
        return findInSnapshot(vendor, far.range(), with(query.parameters(), Map.of("offset", (long) range.offset())))
                .chain(found -> {
                    String first = (String) found[0];
                    String last = (String) found[2];
                    if (first == null || last == null) {
                        return findInSnapshot(vendor, query.page(), onPage(query, range.offset(), range.limit()));
                    }
                    int skipped = (int) (range.offset() - (Long) found[1]);
                    Map<String, Object> place = Map.of("first", first, "last", last, "skipped", skipped);
                    return findInSnapshot(vendor, far.name(), with(query.parameters(), place))
                            .chain(name -> {
                                // Past the end of the list, so few items have the last name that the page is empty.
                                String from = name == null ? last : (String) name[0];
                                int offset = name == null ? skipped : ((Number) name[1]).intValue();
                                Map<String, Object> page =
                                        with(onPage(query, offset, range.limit()), Map.of("from", from));
                                return findInSnapshot(vendor, far.page(), page);
                            });
                });
    }

    /** The parameters of a page. */
    private static Map<String, Object> onPage(PageQuery query, int offset, int limit) {
        Map<String, Object> parameters =
                with(query.parameters(), Map.of("offset", offset, "limit", limit, "room", MemoryBudget.room()));
        if (query.hasEnd()) {
            // Hibernate takes a number of rows as an int.
            parameters.put("end", (int) Math.min((long) offset + limit, Integer.MAX_VALUE));
        }
        return parameters;
    }

    private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
        Map<String, Object> parameters = new HashMap<>(some);
        parameters.putAll(more);
        return parameters;
    }

    /** @param row the row that a {@link PageQuery} returns */
    private <T> Page<T> page(Vendor vendor, Object[] row, Function<IntFunction<Object>, T> mapper) {
        Long total = (Long) row[row.length - 2];
        List<T> items = row[0] == null ? List.of() : new Items<>(row, mapper);
        if (!items.isEmpty()) {
            bytesOfItem.put(vendor, bytes(row) / items.size() * 5 / 4);
        }
        return total == null ? null : new Page<>(total, items);
    }

    private static long bytes(Object[] row) {
        return (int) row[row.length - 1];
    }

    /** The items of a page. Each is made when it becomes JSON, so that a large page is never in memory twice. */
    private static final class Items<T> extends AbstractList<T> implements RandomAccess {

        private final Object[] row;
        private final Function<IntFunction<Object>, T> mapper;

        private Items(Object[] row, Function<IntFunction<Object>, T> mapper) {
            this.row = row;
            this.mapper = mapper;
        }

        @Override
        public T get(int item) {
            return mapper.apply(column -> row[column] == null ? null : ((Object[]) row[column])[item]);
        }

        @Override
        public int size() {
            return ((Object[]) row[0]).length;
        }
    }
}
