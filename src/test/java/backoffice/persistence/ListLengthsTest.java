package backoffice.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.search.Bound;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/adr/0034: a search is cheap when it is known to read few rows. */
class ListLengthsTest {

    private static final Vendor ACME = new Vendor("acme");

    @ParameterizedTest(name = "{0}, with {1} groups and {2} rows in all")
    @CsvSource({
        "VALUES, 1000000, 2000000, true",
        "GROUPS, 25000, 2000000, true",
        "GROUPS, 25001, 2000000, false",
        "ROWS, 10000, 25000, true",
        "ROWS, 10000, 25001, false"
    })
    void a_search_reads_few_rows_when_there_are_few_within_its_bound(Bound bound, long groups, long all, boolean few) {
        ListLengths lengths = new ListLengths();
        Function<Vendor, Uni<List<Object[]>>> rowCounts =
                vendor -> Uni.createFrom().item(rows(groups, all));

        lengths.areFew(ACME, bound, rowCounts);

        assertEquals(few, lengths.areFew(ACME, bound, rowCounts));
    }

    @Test
    void the_rows_of_a_vendor_are_many_until_they_are_known() {
        ListLengths lengths = new ListLengths();
        Function<Vendor, Uni<List<Object[]>>> rowCounts =
                vendor -> Uni.createFrom().nothing();

        assertFalse(lengths.areFew(ACME, Bound.ROWS, rowCounts));
        assertFalse(lengths.areFew(ACME, Bound.ROWS, rowCounts));
        assertTrue(lengths.areFew(ACME, Bound.VALUES, rowCounts));
    }

    @Test
    void the_rows_of_a_vendor_are_many_when_they_cannot_be_read() {
        ListLengths lengths = new ListLengths();
        Function<Vendor, Uni<List<Object[]>>> rowCounts =
                vendor -> Uni.createFrom().failure(new IllegalStateException());

        assertFalse(lengths.areFew(ACME, Bound.ROWS, rowCounts));
        assertFalse(lengths.areFew(ACME, Bound.ROWS, rowCounts));
    }

    @Test
    void many_searches_of_a_vendor_read_the_row_counts_once() {
        // Given
        List<Vendor> asked = new ArrayList<>();
        ListLengths lengths = new ListLengths();
        Function<Vendor, Uni<List<Object[]>>> rowCounts = vendor -> {
            asked.add(vendor);
            return Uni.createFrom().item(rows(1, 1));
        };

        // When
        for (int i = 0; i < 100; i++) {
            lengths.areFew(ACME, Bound.VALUES, rowCounts);
            lengths.areFew(ACME, Bound.GROUPS, rowCounts);
            lengths.areFew(ACME, Bound.ROWS, rowCounts);
        }

        // Then
        assertEquals(List.of(ACME), asked);
    }

    private static List<Object[]> rows(long groups, long all) {
        return List.<Object[]>of(new Object[] {groups, all});
    }
}
