package backoffice.pagination;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.pagination.KeysetCursors.Cursor;
import backoffice.search.Bound;
import backoffice.search.Hql;
import backoffice.value.Vendor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients decide on the lists, the offsets and the lengths of the names that are remembered. See docs/adr/0007. */
class KeysetCursorsTest {

    private static final Vendor ACME = new Vendor("acme");
    private static final Vendor GLOBEX = new Vendor("globex");
    private static final int MAX_BYTES = 1 << 20;
    private static final String LARGEST_NAME = "𠀀".repeat(255);
    private static final Hql ALL = new Hql("1 = 1", "c.name", Bound.VALUES, 1, true, List.of(), Map.of());
    private static final PagedList MEMBERS = new PagedList(
            "from Customer c where c.vendor = :vendor and c.group = :group",
            List.of("c.name"),
            1,
            "c.name >= :from0",
            RowCountHql.CUSTOMERS,
            ALL);
    private static final PageQuery LIST = list("g");

    private final KeysetCursors cursors = new KeysetCursors(MAX_BYTES);

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void a_list_has_a_cursor_for_each_thousand_items_whether_it_is_read_from_its_start_or_its_end(int step) {
        int items = 20_000;

        IntStream.rangeClosed(0, items).map(i -> step > 0 ? i : items - i).forEach(i -> add(ACME, LIST, i, "n" + i));

        assertEquals(
                LongStream.iterate(0, i -> i <= items, i -> i + 1000).boxed().toList(),
                IntStream.rangeClosed(0, items)
                        .mapToObj(i -> cursors.nearest(ACME, LIST, i).index())
                        .distinct()
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1000})
    void cursors_of_the_largest_names_and_their_lists_stay_within_the_bytes(int cursorsOfList) {
        int lists = 10_000 / cursorsOfList;

        for (int i = 0; i < lists; i++) {
            for (int j = 1; j <= cursorsOfList; j++) {
                add(ACME, list(LARGEST_NAME + i), j * 1000, LARGEST_NAME);
            }
        }

        long bytes = 0;
        for (int i = 0; i < lists; i++) {
            PageQuery list = list(LARGEST_NAME + i);
            long known = LongStream.rangeClosed(1, cursorsOfList)
                    .filter(j -> cursors.nearest(ACME, list, j * 1000).index() == j * 1000)
                    .count();
            bytes += 2L * LARGEST_NAME.length() * (known == 0 ? 0 : known + 1);
        }
        assertThat(bytes, is(both(greaterThan(MAX_BYTES / 4L)).and(lessThanOrEqualTo((long) MAX_BYTES))));
    }

    @Test
    void a_search_that_is_larger_than_all_bytes_is_not_remembered() {
        PageQuery search = list("x".repeat(MAX_BYTES));

        add(ACME, search, 5, "");

        assertEquals(Cursor.start(search), cursors.nearest(ACME, search, 5));
    }

    @Test
    void a_vendor_that_fills_the_bytes_takes_no_cursor_from_another() {
        for (int i = 1; i <= 100; i++) {
            add(GLOBEX, LIST, i * 1000, LARGEST_NAME);
        }

        for (int i = 0; i < 10_000; i++) {
            add(ACME, list("g" + i), 1000, LARGEST_NAME);
        }

        for (int i = 1; i <= 100; i++) {
            assertEquals(i * 1000, cursors.nearest(GLOBEX, LIST, i * 1000).index());
        }
    }

    @Test
    void beyond_the_bytes_a_vendor_loses_the_first_cursors_of_the_list_that_it_has_not_used_for_the_longest_time() {
        add(ACME, list("a"), 1000, LARGEST_NAME);
        add(ACME, list("b"), 1000, LARGEST_NAME);
        cursors.nearest(ACME, list("a"), 1000);

        int end = 1000;
        while (cursors.nearest(ACME, LIST, 1000).index() == 1000 || end == 1000) {
            // Reading what is known of the first list counts as its use.
            cursors.nearest(ACME, list("a"), 1000);
            add(ACME, LIST, end, LARGEST_NAME);
            end += 1000;
        }

        assertEquals(0, cursors.nearest(ACME, list("b"), 1000).index());
        assertEquals(end - 1000, cursors.nearest(ACME, LIST, end).index());
        assertEquals(2000, cursors.nearest(ACME, LIST, 2000).index());
    }

    @Test
    void a_list_of_another_version_has_only_the_cursors_of_that_version() {
        add(ACME, LIST, 1000, "a");
        add(ACME, LIST, 2000, "b");

        cursors.add(ACME, LIST, new Cursor(5000, List.of("c"), "2"));

        assertEquals(Cursor.start(LIST), cursors.nearest(ACME, LIST, 4999));
        assertEquals("c", cursors.nearest(ACME, LIST, 9000).key().get(0));
    }

    private void add(Vendor vendor, PageQuery list, long index, String name) {
        cursors.add(vendor, list, new Cursor(index, List.of(name), "1"));
    }

    private static PageQuery list(String group) {
        return MEMBERS.all(Map.of("group", group));
    }
}
