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
    void a_terminal_shows_one_changing_line_below_the_messages() {
        ProgressPrinter progress = progress(true, Duration.ZERO);

        progress.update("customers", 0, 0);
        progress.printLine("refused: x");
        progress.end();

        assertThat(
                text(),
                matchesPattern(
                        "\r\u001B\\[K0 customers, \\S+/s\r\u001B\\[Krefused: x\n0 customers, \\S+/s\r\u001B\\[K"));
    }

    @Test
    void without_a_terminal_each_update_is_a_line_without_control_characters() {
        ProgressPrinter progress = progress(false, Duration.ZERO);

        progress.update("customers", 0, 0);
        progress.printLine("refused: x");
        progress.end();

        assertThat(text(), matchesPattern("0 customers, \\S+/s\nrefused: x\n"));
    }

    @Test
    void progress_shows_number_rate_percentage_and_remaining_time() throws InterruptedException {
        ProgressPrinter progress = progress(false, Duration.ZERO);

        progress.update("customers", 1000, 0.1);
        out.reset();
        Thread.sleep(50);
        progress.update("customers", 2000, 0.2);

        assertThat(text(), matchesPattern("2,000 customers, [\\d,]+/s, 20 %, 0:00:0\\d left\n"));
    }

    @Test
    void an_unknown_percentage_is_not_shown() throws InterruptedException {
        ProgressPrinter progress = progress(false, Duration.ZERO);

        progress.update("customers", 1000, Double.NaN);
        out.reset();
        Thread.sleep(50);
        progress.update("customers", 2000, Double.NaN);

        assertThat(text(), matchesPattern("2,000 customers, [\\d,]+/s\n"));
    }

    @Test
    void updates_are_not_printed_more_often_than_the_interval() {
        ProgressPrinter progress = progress(true, Duration.ofHours(1));

        for (int done = 0; done < 1000; done++) {
            progress.update("customers", done, done / 1000.0);
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
