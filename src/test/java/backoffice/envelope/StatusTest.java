package backoffice.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/api.md, section 1.6: which failures come with HTTP 200 where clients read the status alone. */
class StatusTest {

    @Test
    void failures_of_the_key_and_the_service_keep_their_http_code() {
        List<Integer> others = Stream.of(Status.values())
                .filter(status -> !status.isOfRequest())
                .map(Status::number)
                .toList();

        assertEquals(List.of(0, 1101, 1102, 1103, 5000, 5001), others);
    }
}
