package backoffice.testsupport;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Calls at the same time. */
public final class Race implements AutoCloseable {

    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    /** A call that ends with a status. */
    public interface Call extends Callable<Integer> {}

    /** The statuses of the calls, in their order, when all have ended. */
    public List<Integer> run(Call... calls) throws InterruptedException {
        List<Future<Integer>> running = threads.invokeAll(List.of(calls));
        return running.stream().map(Race::outcome).collect(Collectors.toList());
    }

    private static Integer outcome(Future<Integer> call) {
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
