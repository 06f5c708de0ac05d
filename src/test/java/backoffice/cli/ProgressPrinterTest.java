package backoffice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressPrinterTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void progress_shows_number_and_total() {
        ProgressPrinter progress = progress(Duration.ZERO);

        progress.update("customers", 1000, 3000L);
        progress.update("customers", 2000, null);

        assertEquals("1,000 of 3,000 customers\n2,000 customers\n", text());
    }

    @Test
    void progress_is_not_printed_more_often_than_the_interval() {
        ProgressPrinter progress = progress(Duration.ofHours(1));

        for (int done = 0; done < 1000; done++) {
            progress.update("customers", done, null);
        }

        assertEquals("", text());
    }

    private ProgressPrinter progress(Duration interval) {
        return new ProgressPrinter(new PrintWriter(out, true, UTF_8), interval);
    }

    private String text() {
        return out.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }
}
