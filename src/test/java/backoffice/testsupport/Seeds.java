package backoffice.testsupport;

import java.lang.reflect.Method;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Provides the seeds of a {@link SeededTest} and adds the seed to the message of a failure. */
public final class Seeds implements ArgumentsProvider, InvocationInterceptor {

    private static final int DEFAULT_COUNT = 20;

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        Long only = Long.getLong("test.seed");
        LongStream seeds = only == null
                ? LongStream.rangeClosed(1, Integer.getInteger("test.seeds", DEFAULT_COUNT))
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
