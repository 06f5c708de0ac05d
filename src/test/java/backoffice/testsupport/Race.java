package backoffice.testsupport;

import io.smallrye.mutiny.unchecked.Unchecked;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs calls concurrently. A barrier starts them at the same time. */
public final class Race {

    private Race() {}

    public static List<Integer> run(IntSupplier... calls) {
        return run(
                Stream.of(calls).<Callable<Integer>>map(call -> call::getAsInt).toList());
    }

    /** Runs each call in a thread of its own, and returns the results in the order of the calls. */
    public static <T> List<T> run(List<? extends Callable<T>> calls) {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        List<CompletableFuture<T>> results = calls.stream()
                .map(call -> CompletableFuture.supplyAsync(
                        Unchecked.supplier(() -> {
                            start.await();
                            return call.call();
                        }),
                        Threads.NEW))
                .toList();
        return results.stream().map(CompletableFuture::join).collect(Collectors.toList());
    }
}
