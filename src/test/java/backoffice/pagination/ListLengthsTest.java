package backoffice.pagination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.search.RowBound;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/adr/0034: a search is cheap when it is known to read few rows. */
class ListLengthsTest {

    private Uni<List<Object[]>> rows;
    private int reads;
    private final ListLengths lengths = new ListLengths(vendor -> {
        reads++;
        return rows;
    });

    @ParameterizedTest(name = "{0} and {1} comparisons, with {2} groups and {3} rows in all")
    @CsvSource({
        "VALUES, 25, 1000000, 2000000, true",
        "VALUES, 26, 10, 20, false",
        "GROUPS, 1, 25000, 2000000, true",
        "GROUPS, 1, 25001, 2000000, false",
        "GROUPS, 2, 12501, 2000000, false",
        "ROWS, 1, 10000, 25000, true",
        "ROWS, 1, 10000, 25001, false",
        "ROWS, 1000, 10, 25, true",
        "ROWS, 1000, 10, 26, false"
    })
    void a_search_reads_few_rows_when_there_are_few_within_its_bound_and_many_searches_read_the_row_counts_once(
            RowBound bound, int comparisons, long groups, long all, boolean few) {
        Uni<List<Object[]>> rows = Uni.createFrom().item(List.<Object[]>of(new Object[] {groups, all}));

        for (int i = 0; i < 100; i++) {
            areFew(bound, comparisons, rows);
        }

        assertEquals(few, areFew(bound, comparisons, rows));
        assertEquals(bound == RowBound.VALUES ? 0 : 1, reads);
    }

    static Stream<Uni<List<Object[]>>> unknown() {
        return Stream.of(Uni.createFrom().nothing(), Uni.createFrom().failure(new IllegalStateException()));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void the_rows_of_a_vendor_are_many_until_they_are_known_and_when_they_cannot_be_read(Uni<List<Object[]>> rows) {
        for (int time = 0; time < 2; time++) {
            assertFalse(areFew(RowBound.ROWS, 1, rows));
            assertTrue(areFew(RowBound.VALUES, 1, rows));
        }
    }

    private boolean areFew(RowBound bound, int comparisons, Uni<List<Object[]>> rows) {
        this.rows = rows;
        return lengths.areFew(new Vendor("acme"), bound, comparisons);
    }
}
