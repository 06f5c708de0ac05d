package backoffice.pagination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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

    @ParameterizedTest(name = "{0} values and {1} rows: {2}")
    @CsvSource({
        "1, 25000, true",
        "1, 25001, false",
        "2, 12500, true",
        "2, 12501, false",
        "1000, 25, true",
        "1000, 26, false"
    })
    void the_rows_times_the_values_are_few_or_many_and_many_searches_read_the_row_counts_once(
            int values, long count, boolean few) {
        Uni<List<Object[]>> rows = Uni.createFrom().item(List.<Object[]>of(new Object[] {count}));

        for (int i = 0; i < 100; i++) {
            areFew(values, rows);
        }

        assertEquals(few, areFew(values, rows));
        assertEquals(1, reads);
    }

    static Stream<Uni<List<Object[]>>> unknown() {
        return Stream.of(Uni.createFrom().nothing(), Uni.createFrom().failure(new IllegalStateException()));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void the_rows_of_a_vendor_are_many_until_they_are_known_and_when_they_cannot_be_read(Uni<List<Object[]>> rows) {
        for (int time = 0; time < 2; time++) {
            assertFalse(areFew(1, rows));
        }
    }

    private boolean areFew(int values, Uni<List<Object[]>> rows) {
        this.rows = rows;
        return lengths.areFew(new Vendor("acme"), values);
    }
}
