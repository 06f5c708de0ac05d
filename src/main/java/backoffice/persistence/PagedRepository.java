package backoffice.persistence;

import backoffice.envelope.Envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.persistence.KeysetCursors.Cursor;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The base of the repositories that have a list to page through (docs/api.md, section 1.5). Near pages are read from the
 * start of the list, far pages from a keyset cursor.
 *
 * @param <E> the entity
 */
public abstract class PagedRepository<E> extends VendorRepository<E> {

    /** Three repositories extend this class, so all cursors together take a twentieth of the heap. */
    private static final int PART_OF_HEAP = 64;

    /** Where all pages of a list were read, no item is farther from a cursor. */
    private static final int MAX_SKIPPED_BY_CHEAP_PAGE = 2 * KeysetCursors.DISTANCE;

    private static final String LIST_LENGTHS = """
            select cast(coalesce(sum(rows) filter (where list = 'groups'), 0) as bigint), cast(coalesce(sum(rows), 0) as bigint)
            from row_count where vendor = $1 and list in ('groups', 'customers')
            """;

    private final KeysetCursors cursors = new KeysetCursors(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    private final ListLengths lengths = new ListLengths();

    protected PagedRepository(VendorSql sql) {
        super(sql);
    }

    /**
     * Reads a page of a list of the vendor; null when there is no such list.
     *
     * @param mapper makes an item of its columns, which it gets by index
     */
    protected final <T> Uni<Page<T>> page(
            Vendor vendor, PageQuery query, PageRange range, Function<IntFunction<Object>, T> mapper) {
        return query.itemsFromCursor() == null || range.offset() <= KeysetCursors.DISTANCE
                ? pageFromStart(vendor, query, range, mapper)
                : pageFromCursor(vendor, query, range, mapper, cursors.nearest(vendor, query, range.offset()));
    }

    private <T> Uni<Page<T>> pageFromStart(
            Vendor vendor, PageQuery query, PageRange range, Function<IntFunction<Object>, T> mapper) {
        Map<String, Object> parameters = parameters(query, range.offset(), range.limit());
        if (query.readsInParts()) {
            // Hibernate takes a limit of rows as an int.
            parameters.put(PageQuery.END, (int) Math.min((long) range.offset() + range.limit(), Integer.MAX_VALUE));
        }
        Cursor end = query.isVersioned() ? cursors.nearest(vendor, query, Long.MAX_VALUE) : null;
        if (end != null) {
            parameters.put(PageQuery.VERSION, Objects.requireNonNullElse(end.version(), ""));
        }
        return find(vendor, isExpensive(vendor, query, range.offset()), query.items(), parameters)
                .map(PageRow::new)
                .map(row -> toPage(row, end == null ? row.total() : total(vendor, query, row, end), mapper));
    }

    private Long total(Vendor vendor, PageQuery query, PageRow row, Cursor knownEnd) {
        if (row.total() == null) {
            return knownEnd.index();
        }
        if (row.version() != null) {
            cursors.add(vendor, query, new Cursor(row.total(), List.of(), row.version()));
        }
        return row.total();
    }

    private <T> Uni<Page<T>> pageFromCursor(
            Vendor vendor, PageQuery query, PageRange range, Function<IntFunction<Object>, T> mapper, Cursor cursor) {
        int skipped = (int) (range.offset() - cursor.index());
        Map<String, Object> parameters = parameters(query, skipped, range.limit());
        for (int i = 0; i < query.keyColumns(); i++) {
            parameters.put("from" + i, cursor.key().get(i));
        }
        return find(vendor, isExpensive(vendor, query, skipped), query.itemsFromCursor(), parameters)
                .chain(columns -> {
                    PageRow row = new PageRow(columns);
                    if (cursor.version() != null && !cursor.version().equals(row.version())) {
                        return pageFromCursor(vendor, query, range, mapper, Cursor.start(query));
                    }
                    // Rows that were written with disabled triggers have no version.
                    if (row.size() > 0 && row.version() != null) {
                        addCursor(vendor, query, range, row, 0);
                        addCursor(vendor, query, range, row, row.size() - 1);
                    }
                    return Uni.createFrom().item(toPage(row, row.total(), mapper));
                });
    }

    private void addCursor(Vendor vendor, PageQuery query, PageRange range, PageRow row, int item) {
        List<String> key = row.key(query.keyColumns(), item);
        cursors.add(vendor, query, new Cursor(range.offset() + item, key, row.version()));
    }

    private boolean isExpensive(Vendor vendor, PageQuery query, int skipped) {
        return skipped > MAX_SKIPPED_BY_CHEAP_PAGE
                || !lengths.areFew(vendor, query.bound(), caller -> sql.selectByKey(caller, LIST_LENGTHS));
    }

    private static Map<String, Object> parameters(PageQuery query, int offset, int limit) {
        Map<String, Object> parameters = new HashMap<>(query.parameters());
        parameters.put(PageQuery.OFFSET, offset);
        parameters.put(PageQuery.LIMIT, limit);
        return parameters;
    }

    private static <T> Page<T> toPage(PageRow row, Long total, Function<IntFunction<Object>, T> mapper) {
        return total == null ? null : new Page<>(total, row.items(mapper));
    }
}
