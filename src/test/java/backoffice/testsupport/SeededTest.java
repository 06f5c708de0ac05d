package backoffice.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * A test with generated cases. It runs once for each seed. The seed is its only parameter, a {@code long}. A build uses
 * the seeds 1 to 20. A failure names its seed. {@code -Dtest.seed=7} runs one seed, and
 * {@code -Dtest.seeds=1000} runs the seeds 1 to 1000.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "seed {0}")
@ArgumentsSource(Seeds.class)
@ExtendWith(Seeds.class)
public @interface SeededTest {}
