package backoffice.testsupport;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Calls at the same time: none begins before all are about to. */
public final class Race implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** A call that ends with a status. */
    public interface Call extends Callable<Integer> {}

    /** The statuses of the calls, in their order, when all have ended. */
    public List<Integer> run(Call... calls) throws InterruptedException {
        return run(List.of(calls));
    }

    /** What the calls end with, in their order, when all have ended. */
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
        try {
            return call.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
