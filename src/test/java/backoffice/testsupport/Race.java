package backoffice.testsupport;

import io.smallrye.mutiny.unchecked.Unchecked;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Runs calls concurrently. A barrier starts them at the same time. */
public final class Race implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    public interface Call extends Callable<Integer> {}

    public List<Integer> run(Call... calls) throws InterruptedException {
        return run(List.of(calls));
    }

    /** Runs the calls concurrently and returns their results in the order of the calls. */
    public <T> List<T> run(List<? extends Callable<T>> calls) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        List<Future<T>> running =
                threads.invokeAll(calls.stream().map(call -> from(start, call)).toList());
        return running.stream().map(Race::outcome).collect(Collectors.toList());
    }

    private static <T> Callable<T> from(CyclicBarrier start, Callable<T> call) {
        return () -> {
            start.await();
            return call.call();
        };
    }

    private static <T> T outcome(Future<T> call) {
        return Unchecked.supplier(() -> call.get()).get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
