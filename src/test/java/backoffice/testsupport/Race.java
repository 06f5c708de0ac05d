package backoffice.testsupport;

import io.smallrye.mutiny.unchecked.Unchecked;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
        List<Callable<T>> together = calls.stream()
                .<Callable<T>>map(call -> () -> {
                    start.await();
                    return call.call();
                })
                .toList();
        return threads.invokeAll(together).stream()
                .map(call -> Unchecked.supplier(call::get).get())
                .collect(Collectors.toList());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
