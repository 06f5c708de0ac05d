package backoffice.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.testsupport.LogListener;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The lines about calls that get 5001. */
class DatabaseAvailabilityTest {

    @AutoClose
    private final LogListener log = new LogListener(DatabaseAvailability.class.getName());

    @Test
    void the_log_has_no_line_about_a_call_whose_client_has_hung_up() {
        ApiException refusal = new ApiException(Problem.OVERLOADED);

        Uni<Void> call = new DatabaseAvailability().report(Uni.createFrom().failure(refusal));

        assertEquals(
                refusal, assertThrows(ApiException.class, () -> call.await().indefinitely()));
        assertEquals(List.of(), log.messages(Level.ALL));
    }
}
