package backoffice.testsupport;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;

/** Bounds the dynamic tests of all classes, to which junit-platform.properties does not apply. */
public final class DynamicTestTimeout implements InvocationInterceptor {

    @Override
    public void interceptDynamicTest(
            Invocation<Void> test, DynamicTestInvocationContext context, ExtensionContext extension) {
        assertTimeoutPreemptively(Duration.ofMinutes(5), test::proceed);
    }
}
