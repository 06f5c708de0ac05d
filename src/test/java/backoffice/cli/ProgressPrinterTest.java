package backoffice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressPrinterTest {

    private static final String CLEARED = "\r\u001B[K";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void a_terminal_has_one_line_that_changes_below_what_is_told() {
        ProgressPrinter progress = progress(true, Duration.ZERO);

        progress.at("customers", 0, 0);
        progress.line("refused: x");
        progress.end();

        assertThat(
                text(),
                matchesPattern(
                        "\r\u001B\\[K0 customers, \\S+/s\r\u001B\\[Krefused: x\n0 customers, \\S+/s\r\u001B\\[K"));
    }

    @Test
    void elsewhere_each_is_a_line_of_its_own_without_control_characters() {
        ProgressPrinter progress = progress(false, Duration.ZERO);

        progress.at("customers", 0, 0);
        progress.line("refused: x");
        progress.end();

        assertThat(text(), matchesPattern("0 customers, \\S+/s\nrefused: x\n"));
    }

    @Test
    void it_tells_number_pace_part_and_remaining_time() throws InterruptedException {
        ProgressPrinter progress = progress(false, Duration.ZERO);

        progress.at("customers", 1000, 0.1);
        out.reset();
        Thread.sleep(50);
        progress.at("customers", 2000, 0.2);

        assertThat(text(), matchesPattern("2,000 customers, [\\d,]+/s, 20 %, 0:00:0\\d left\n"));
    }

    @Test
    void what_nobody_knows_is_not_told() throws InterruptedException {
        ProgressPrinter progress = progress(false, Duration.ZERO);

        progress.at("customers", 1000, Double.NaN);
        out.reset();
        Thread.sleep(50);
        progress.at("customers", 2000, Double.NaN);

        assertThat(text(), matchesPattern("2,000 customers, [\\d,]+/s\n"));
    }

    @Test
    void it_does_not_tell_more_often_than_it_may() {
        ProgressPrinter progress = progress(true, Duration.ofHours(1));

        for (int done = 0; done < 1000; done++) {
            progress.at("customers", done, done / 1000.0);
        }
        progress.end();

        assertEquals(CLEARED, text());
    }

    private ProgressPrinter progress(boolean terminal, Duration interval) {
        return new ProgressPrinter(new PrintStream(out, true, UTF_8), terminal, interval);
    }

    private String text() {
        return out.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }
}
