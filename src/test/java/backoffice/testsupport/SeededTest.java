package backoffice.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * A test of generated cases: it runs once for each seed, which is its only parameter, a {@code long}. The seeds are 1 to 20
 * in each build. A failure names its seed; {@code -Dtest.seed=7} runs that seed alone, and {@code -Dtest.seeds=1000} runs
 * seeds 1 to 1000.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "seed {0}")
@ArgumentsSource(Seeds.class)
@ExtendWith(Seeds.class)
public @interface SeededTest {}
