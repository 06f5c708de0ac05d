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
        Uni<Object[]> row = isFar
                ? sql.snapshot(vendor, () -> farPage(vendor, query, range))
                : page(vendor, query, query.page(), range.offset(), range.limit(), Map.of());
        return row.map(columns -> page(columns, mapper));
    }

    private Uni<Object[]> farPage(Vendor vendor, PageQuery query, PageRange range) {
        return find(vendor, false, query.far().range(), with(query, Map.of("offset", (long) range.offset())))
                .chain(found -> {
                    String first = (String) found[0];
                    String last = (String) found[2];
                    if (first == null || last == null) {
                        return page(vendor, query, query.page(), range.offset(), range.limit(), Map.of());
                    }
                    int skipped = (int) (range.offset() - (Long) found[1]);
                    Map<String, Object> place = Map.of("first", first, "last", last, "skipped", skipped);
                    return find(vendor, false, query.far().name(), with(query, place))
                            .chain(name -> name == null
                                    ? pageFrom(vendor, query, last, skipped, range.limit())
                                    : pageFrom(
                                            vendor,
                                            query,
                                            (String) name[0],
                                            ((Number) name[1]).intValue(),
                                            range.limit()));
                });
    }

    private Uni<Object[]> pageFrom(Vendor vendor, PageQuery query, String name, int offset, int limit) {
        return page(vendor, query, query.far().page(), offset, limit, Map.of("from", name));
    }

    private Uni<Object[]> page(
            Vendor vendor, PageQuery query, String hql, int offset, int limit, Map<String, Object> from) {
        Map<String, Object> parameters = with(query, from);
        parameters.put("offset", offset);
        parameters.put("limit", limit);
        if (query.hasEnd()) {
            // Hibernate takes a number of rows as an int.
            parameters.put("end", (int) Math.min((long) offset + limit, Integer.MAX_VALUE));
        }
        boolean isExpensive =
                offset > MAX_SKIPPED_BY_CHEAP_SEARCH || !lengths.areFew(vendor, query.bound(), query.comparisons());
        return find(vendor, isExpensive, hql, parameters);
    }

    private static Map<String, Object> with(PageQuery query, Map<String, Object> more) {
        Map<String, Object> parameters = new HashMap<>(query.parameters());
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
