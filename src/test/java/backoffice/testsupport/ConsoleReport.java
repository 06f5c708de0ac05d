package backoffice.testsupport;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints a line for each test class, a line for each failure, and at the end the classes with skipped tests and the
 * reasons. It prints only in the Maven build, which sets {@value #POSTGRES}.
 */
public final class ConsoleReport implements TestExecutionListener {

    private static final String POSTGRES = "backoffice.test.postgres";
    private static final String EXCLUDED_TAGS = "backoffice.test.excluded-tags";

    private static final int MAX_LINE_LENGTH = 2000;

    /** Not System.out, because Maven redirects that to a file for each test class. */
    private final PrintStream console =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private final Map<String, SortedSet<String>> skippedByReason = new TreeMap<>();
    private long start;
    private int tests;
    private int skipped;
    private int failed;

    @Override
    public void executionStarted(TestIdentifier test) {
        if (isClass(test)) {
            begin();
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        if (isClass(test)) {
            begin();
        }
        skip(test, reason);
        if (isClass(test)) {
            end(test);
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        // toString() includes the class, because not every failure has a message.
        String failure = result.getThrowable().map(Throwable::toString).orElse("");
        if (test.isTest()) {
            tests++;
        }
        switch (result.getStatus()) {
            case ABORTED -> skip(test, failure.replaceFirst("^\\S+TestAbortedException: (Assumption failed: )?", ""));
            case FAILED -> {
                failed++;
                print("FAILED  %s, %s: %s", className(test), test.getDisplayName(), failure);
                if (className(test).endsWith("IT")) {
                    lastError().ifPresent(line -> print("        The application's last error: %s", line));
                }
            }
            case SUCCESSFUL -> {}
        }
        if (isClass(test)) {
            end(test);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        String excludedTags = System.getProperty(EXCLUDED_TAGS, "");
        if (!excludedTags.isEmpty()) {
            print("Left out: tests with the tag \"%s\". ./mvnw verify -Pfull runs them.", excludedTags);
        }
        skippedByReason.forEach((reason, classes) -> print("Skipped: %s: %s", String.join(", ", classes), reason));
    }

    private void begin() {
        start = System.nanoTime();
        tests = 0;
        skipped = 0;
        failed = 0;
    }

    private void end(TestIdentifier test) {
        boolean allSkipped = tests == 0 && skipped > 0;
        print(
                "%-7s %s: %d tests%s%s, %.1f s",
                failed > 0 ? "FAILED" : allSkipped ? "skipped" : "ok",
                className(test),
                tests,
                failed > 0 ? ", " + failed + " failed" : "",
                skipped > 0 && !allSkipped ? ", " + skipped + " skipped" : "",
                (System.nanoTime() - start) / 1e9);
    }

    private void skip(TestIdentifier test, String reason) {
        skipped++;
        String name = className(test);
        skippedByReason.computeIfAbsent(reason, r -> new TreeSet<>()).add(name.substring(name.lastIndexOf('.') + 1));
    }

    /** The last error that the packaged application logged, cut to {@value #MAX_LINE_LENGTH} characters. */
    private static Optional<String> lastError() {
        try (Stream<String> lines = Files.lines(Path.of("target", "quarkus.log"))) {
            return lines.filter(line -> line.contains("\"level\":\"ERROR\""))
                    .reduce((earlier, later) -> later)
                    .map(line -> line.substring(0, Math.min(line.length(), MAX_LINE_LENGTH)));
        } catch (IOException e) {
            return Optional.of("unknown, since its log cannot be read: " + e);
        }
    }

    private static boolean isClass(TestIdentifier test) {
        return test.getSource().filter(ClassSource.class::isInstance).isPresent();
    }

    private static String className(TestIdentifier test) {
        return test.getSource()
                .map(source -> source instanceof MethodSource method
                        ? method.getClassName()
                        : source instanceof ClassSource type ? type.getClassName() : null)
                .orElseGet(test::getDisplayName);
    }

    private void print(String format, Object... values) {
        if (System.getProperty(POSTGRES) != null) {
            console.println(String.format(Locale.ROOT, format, values));
        }
    }
}
