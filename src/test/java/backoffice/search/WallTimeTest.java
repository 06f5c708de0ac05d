package backoffice.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.time.api.constraints.DateTimeRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WallTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-02-28T23:59:59, 2026-02-28 23:59:59",
        "2026-01-05T00:00, 2026-01-05 00:00:00",
        "0001-01-01T01:02:03, 0001-01-01 01:02:03"
    })
    void a_time_is_told_to_the_second(LocalDateTime time, String text) {
        assertEquals(text, WallTime.format(time));
    }

    @Property
    void what_is_told_is_understood(
            @ForAll @DateTimeRange(min = "0001-01-01T00:00:00", max = "9999-12-31T23:59:59") LocalDateTime time) {
        assertEquals(Optional.of(time), WallTime.parse(WallTime.format(time)));
    }
}
