import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Once a second, adds a customer without a group, and a customer to the first group. Both stand before all others in their
 * lists, so that the rows of each page change.
 */
class Changes implements AutoCloseable {

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> schedule;
    private final Client client;

    Changes(Client client) {
        this.client = client;
        schedule = executor.scheduleWithFixedDelay(this::change, 0, 1, TimeUnit.SECONDS);
    }

    private void change() {
        try {
            client.send(add("/customers", "0 first " + System.nanoTime()));
            client.send(add(Growth.FIRST_GROUP, "A first " + System.nanoTime()));
        } catch (Exception e) {
            throw new IllegalStateException("A change has no answer", e);
        }
    }

    private static Client.Call add(String path, String name) {
        return new Client.Call("POST", path, "[{\"name\":\"" + name + "\"}]");
    }

    /** Waits for the answers to the last changes. */
    @Override
    public void close() throws Exception {
        executor.shutdown();
        executor.awaitTermination(1, TimeUnit.MINUTES);
        if (!schedule.isCancelled()) {
            // A schedule that ended by itself has failed.
            schedule.get();
        }
    }
}
