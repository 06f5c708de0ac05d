package backoffice.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.SeededTest;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WallTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-02-28T23:59:59, 2026-02-28 23:59:59",
        "2026-01-05T00:00, 2026-01-05 00:00:00",
        "0001-01-01T01:02:03, 0001-01-01 01:02:03"
    })
    void a_time_is_formatted_to_the_second(LocalDateTime time, String text) {
        assertEquals(text, WallTime.format(time));
    }

    @SeededTest
    void a_formatted_time_parses_to_the_same_time(long seed) {
        long first = LocalDateTime.of(1, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
        long end = LocalDateTime.of(10_000, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);

        new Random(seed)
                .longs(50, first, end)
                .mapToObj(second -> LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC))
                .forEach(time -> assertEquals(Optional.of(time), WallTime.parse(WallTime.format(time))));
    }
}
