package backoffice.pagination;

import backoffice.envelope.Envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.pagination.KeysetCursors.Cursor;
import backoffice.persistence.VendorRepository;
import backoffice.persistence.VendorSql;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
        return query.itemsFromCursor() == null || range.offset() <= KeysetCursors.DISTANCE
                ? pageFromStart(vendor, query, range, mapper)
                : pageFromCursor(vendor, query, range, mapper, cursors.nearest(vendor, query, range.offset()));
    }

    private <T> Uni<Page<T>> pageFromStart(
            Vendor vendor, PageQuery query, PageRange range, Function<IntFunction<Object>, T> mapper) {
        Map<String, Object> parameters = new HashMap<>(query.parameters());
        if (query.readsInParts()) {
            // Hibernate takes a limit of rows as an int.
            parameters.put("end", (int) Math.min((long) range.offset() + range.limit(), Integer.MAX_VALUE));
        }
        Cursor end = query.isVersioned() ? cursors.nearest(vendor, query, Long.MAX_VALUE) : null;
        if (end != null) {
            parameters.put("version", end.version());
        }
        return find(vendor, query, query.items(), range.offset(), range.limit(), parameters)
                .map(row -> row.page(end == null ? row.total() : total(vendor, query, row, end), mapper));
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
        Map<String, Object> parameters = new HashMap<>(query.parameters());
        for (int i = 0; i < query.keyColumns(); i++) {
            parameters.put("from" + i, cursor.key().get(i));
        }
        int skipped = (int) (range.offset() - cursor.index());
        return find(vendor, query, query.itemsFromCursor(), skipped, range.limit(), parameters)
                .chain(row -> {
                    if (!cursor.version().isEmpty() && !cursor.version().equals(row.version())) {
                        return pageFromCursor(vendor, query, range, mapper, Cursor.start(query));
                    }
                    // Rows that were written with disabled triggers have no version.
                    if (row.size() > 0 && row.version() != null) {
                        for (int item : new int[] {0, row.size() - 1}) {
                            List<String> key = row.key(query.keyColumns(), item);
                            cursors.add(vendor, query, new Cursor(range.offset() + item, key, row.version()));
                        }
                    }
                    return Uni.createFrom().item(row.page(row.total(), mapper));
                });
    }

    private Uni<PageRow> find(
            Vendor vendor, PageQuery query, String hql, int offset, int limit, Map<String, Object> parameters) {
        parameters.put("offset", offset);
        parameters.put("limit", limit);
        boolean isExpensive =
                offset > MAX_SKIPPED_BY_CHEAP_PAGE || !lengths.areFew(vendor, query.bound(), query.comparisons());
        return find(vendor, isExpensive, hql, parameters).map(PageRow::new);
    }

    /** The row that a {@link PageQuery} returns. */
    private record PageRow(Object[] columns) {

        int size() {
            return columns[0] == null ? 0 : ((Object[]) columns[0]).length;
        }

        /** Null when there is no such list, which has no total. */
        <T> Page<T> page(Long total, Function<IntFunction<Object>, T> mapper) {
            Stream<T> items = IntStream.range(0, size()).mapToObj(item -> mapper.apply(column -> value(column, item)));
            return total == null ? null : new Page<>(total, items.toList());
        }

        /** The first columns of an item, with {@code ""} for a missing value. */
        List<String> key(int columns, int item) {
            return IntStream.range(0, columns)
                    .mapToObj(column -> Objects.requireNonNullElse((String) value(column, item), ""))
                    .toList();
        }

        /** The version of the list, where the query returns it. */
        String version() {
            return (String) columns[columns.length - 2];
        }

        Long total() {
            return (Long) columns[columns.length - 1];
        }

        private Object value(int column, int item) {
            return ((Object[]) columns[column])[item];
        }
    }
}
