package backoffice.testsupport;

import static java.util.stream.Collectors.joining;

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

/** Prints at the end of a run which test classes were skipped, in whole or in part, and why; Maven's summary only counts them. */
public final class SkipSummary implements TestExecutionListener {

    private final Map<String, SortedSet<String>> classesByReason = new TreeMap<>();

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        add(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            add(test, result.getThrowable().map(Throwable::getMessage).orElse("aborted"));
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        String leftOut = System.getProperty("backoffice.test.excluded-tags", "");
        if (!leftOut.isEmpty()) {
            print("Left out: tests with the tag \"" + leftOut + "\". ./mvnw verify -Pfull runs them.");
        }
        classesByReason.forEach(
                (reason, classes) -> print("Skipped: " + classes.stream().collect(joining(", ")) + ": " + reason));
    }

    private void add(TestIdentifier test, String reason) {
        String name = test.getSource()
                .map(source -> source instanceof MethodSource method
                        ? method.getClassName()
                        : source instanceof ClassSource whole ? whole.getClassName() : null)
                .orElseGet(test::getDisplayName);
        classesByReason
                .computeIfAbsent(reason.replaceFirst("^Assumption failed: ", ""), r -> new TreeSet<>())
                .add(name.substring(name.lastIndexOf('.') + 1));
    }

    /** Past System.out, which Maven sends to a file for each test class. */
    private static void print(String line) {
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8).println(line);
    }
}
