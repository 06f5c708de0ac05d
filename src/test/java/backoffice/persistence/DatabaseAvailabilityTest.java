package backoffice.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.testsupport.LogListener;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The lines about calls that get 5001. */
class DatabaseAvailabilityTest {

    private final DatabaseAvailability outages = new DatabaseAvailability();

    @Test
    void the_log_says_why_a_call_is_refused() {
        TimeoutException reason = new TimeoutException("vendor acme waits too long for memory");

        List<String> lines = linesAbout(new ApiException(Problem.OVERLOADED, reason));

        assertEquals(List.of("A share or the memory is used up, for 1 calls: " + reason + "."), lines);
    }

    @Test
    void the_log_has_no_line_about_a_call_whose_client_has_hung_up() {
        assertEquals(List.of(), linesAbout(new ApiException(Problem.OVERLOADED)));
    }

    private List<String> linesAbout(ApiException refusal) {
        List<String> lines = new ArrayList<>();
        LogListener log = new LogListener(
                DatabaseAvailability.class.getName(),
                line -> lines.add(line.getMessage().formatted(line.getParameters())));
        try {
            Uni<Void> call = outages.report(Uni.createFrom().failure(refusal));
            assertEquals(
                    refusal, assertThrows(ApiException.class, () -> call.await().indefinitely()));
        } finally {
            log.close();
        }
        return lines;
    }
}
