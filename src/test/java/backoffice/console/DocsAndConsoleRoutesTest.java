package backoffice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The name of the zone of the service in the console. */
class DocsAndConsoleRoutesTest {

    @ParameterizedTest
    @CsvSource({"Asia/Shanghai, Asia/Shanghai", "Z, UTC", "UTC, UTC", "UTC+08:00, +08:00", "+05:30, +05:30"})
    void the_console_has_a_name_of_the_zone_that_browsers_know(String zone, String name) {
        assertEquals(name, DocsAndConsoleRoutes.nameInBrowser(ZoneId.of(zone)));
    }
}
