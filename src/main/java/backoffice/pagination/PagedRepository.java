package backoffice.pagination;

import backoffice.envelope.Envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.persistence.VendorRepository;
import backoffice.persistence.VendorSql;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The base of the repositories that have a list to page through (docs/api.md, section 1.5). A near page is read from the
 * start of the list. A far page of a whole list is read from the name of its first item, which the row counts of ranges of
 * names lead to. See docs/adr/0007.
 *
 * @param <E> the entity
 */
public abstract class PagedRepository<E> extends VendorRepository<E> {

    /** PostgreSQL skips so few items faster than it looks for the range. */
    private static final int MAX_OFFSET_OF_NEAR_PAGE = 1000;

    private static final int MAX_SKIPPED_BY_CHEAP_SEARCH = 2000;

    private static final String LIST_LENGTHS = """
            select cast(coalesce(sum(rows) filter (where list = 'groups'), 0) as bigint), cast(coalesce(sum(rows), 0) as bigint)
            from row_count where vendor = $1 and list in ('groups', 'customers')
            """;

    private final ListLengths lengths;

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
        boolean isFar = query.far() != null && range.offset() > MAX_OFFSET_OF_NEAR_PAGE;
        Uni<Object[]> row =
                isFar ? sql.snapshot(vendor, () -> farPage(vendor, query, range)) : nearPage(vendor, query, range);
        return row.map(columns -> page(columns, mapper));
    }

    private Uni<Object[]> nearPage(Vendor vendor, PageQuery query, PageRange range) {
        boolean isExpensive = range.offset() > MAX_SKIPPED_BY_CHEAP_SEARCH
                || !lengths.areFew(vendor, query.bound(), query.comparisons());
        return find(vendor, isExpensive, query.page(), onPage(query, range.offset(), range.limit()));
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
        Map<String, Object> parameters = with(query.parameters(), Map.of("offset", offset, "limit", limit));
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

    /** @param row the row that a {@link PageQuery} returns: an array for each column, and the total, null for no list */
    private static <T> Page<T> page(Object[] row, Function<IntFunction<Object>, T> mapper) {
        Long total = (Long) row[row.length - 1];
        int size = row[0] == null ? 0 : ((Object[]) row[0]).length;
        List<T> items = IntStream.range(0, size)
                .mapToObj(item -> mapper.apply(column -> ((Object[]) row[column])[item]))
                .toList();
        return total == null ? null : new Page<>(total, items);
    }
}
