package backoffice.resilience;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.End;
import backoffice.testsupport.PackagedApplication.Running;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process that has no memory ends, so that it is started again. Otherwise it would go on without an event loop. */
@Tag("slow")
class OutOfMemoryIT {

    /** The exit code of {@code ExitOnOutOfMemoryError}. A start that fails for another reason has another one. */
    private static final int OUT_OF_MEMORY = 3;

    @Test
    void the_process_of_an_image_ends_at_the_first_allocation_that_fails() throws Exception {
        try (Running service = PackagedApplication.startWithoutMemory()) {
            End end = service.awaitEnd();

            assertThat(end.output(), containsString("java.lang.OutOfMemoryError"));
            assertEquals(OUT_OF_MEMORY, end.exitCode());
        }
    }
}
