package backoffice.devmode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The question whether Docker answers. */
class DockerTest {

    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    @ParameterizedTest
    @CsvSource({"exit 0, true", "exit 1, false"})
    void the_exit_code_of_the_program_decides(String script, boolean answers) {
        assertEquals(answers, Docker.succeeds(MAX_WAIT, "sh", "-c", script));
    }

    @Test
    void without_the_program_the_answer_is_no() {
        assertFalse(Docker.succeeds(MAX_WAIT, "no-such-program"));
    }

    @Test
    void a_server_that_does_not_answer_in_time_does_not_hold_up_the_start() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertFalse(Docker.succeeds(Duration.ofMillis(50), "sleep", "60")));
    }
}
