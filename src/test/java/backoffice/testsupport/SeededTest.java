package backoffice.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * A test with generated cases. It runs once for each seed, its only parameter, a {@code long}. A build uses the seeds 1
 * to 20, {@code -Dtest.seed=7} one seed, and {@code -Dtest.seeds=1000} the seeds 1 to 1000. A failure names its seed.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "seed {0}")
@ArgumentsSource(SeededTest.Seeds.class)
@ExtendWith(SeededTest.Seeds.class)
public @interface SeededTest {

    /** Provides the seeds, and adds the seed to the message of a failure. */
    final class Seeds implements ArgumentsProvider, InvocationInterceptor {

        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            Long only = Long.getLong("test.seed");
            LongStream seeds = only == null
                    ? LongStream.rangeClosed(1, Integer.getInteger("test.seeds", 20))
                    : LongStream.of(only);
            return seeds.mapToObj(Arguments::of);
        }

        @Override
        public void interceptTestTemplateMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
                throws Throwable {
            try {
                invocation.proceed();
            } catch (AssertionError | Exception failure) {
                throw new AssertionError(
                        "Seed %1$s failed, run it alone with -Dtest.seed=%1$s: %2$s"
                                .formatted(test.getArguments().get(0), failure.getMessage()),
                        failure);
            }
        }
    }
}
