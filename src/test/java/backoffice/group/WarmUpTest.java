package backoffice.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.envelope.Envelope.Page;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No call and no start fails when the warm-up does, so nothing else shows that it works. */
@QuarkusTest
class WarmUpTest {

    @Inject
    WarmUp warmUp;

    @Test
    void the_warm_up_reads_a_page_outside_of_a_call() throws Throwable {
        Page<Group> page = VertxContextSupport.subscribeAndAwait(warmUp::read);

        assertEquals(new Page<>(0L, List.of()), page);
    }
}
