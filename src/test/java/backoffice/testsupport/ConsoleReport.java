package backoffice.testsupport;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints at the end of the tests which were skipped and why, in the Maven build, which sets {@value #POSTGRES}. */
public final class ConsoleReport implements TestExecutionListener {

    private static final String POSTGRES = "backoffice.test.postgres";
    private static final String EXCLUDED_TAGS = "backoffice.test.excluded-tags";
    private static final String ABORTED = "^\\S+TestAbortedException: (Assumption failed: )?";

    private final Map<String, SortedSet<String>> skippedByReason = new TreeMap<>();

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skippedByReason.computeIfAbsent(reason, r -> new TreeSet<>()).add(className(test));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            String reason = result.getThrowable().map(Throwable::toString).orElse("");
            executionSkipped(test, reason.replaceFirst(ABORTED, ""));
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (System.getProperty(POSTGRES) == null) {
            return;
        }
        // Not System.out, because Maven redirects that to a file for each test class.
        PrintStream console = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        String excludedTags = System.getProperty(EXCLUDED_TAGS, "");
        if (!excludedTags.isEmpty()) {
            console.println("Left out: tests with the tag \"" + excludedTags + "\". ./mvnw verify -Pfull runs them.");
        }
        skippedByReason.forEach(
                (reason, classes) -> console.println("Skipped: " + String.join(", ", classes) + ": " + reason));
    }

    private static String className(TestIdentifier test) {
        String name = test.getSource()
                .map(source -> source instanceof MethodSource method
                        ? method.getClassName()
                        : source instanceof ClassSource type ? type.getClassName() : null)
                .orElseGet(test::getDisplayName);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
