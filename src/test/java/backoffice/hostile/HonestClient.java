package backoffice.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** A client that makes calls in a thread of its own until it is stopped. Read what it did after {@link #stop}. */
abstract class HonestClient {

    /** The calls that failed, each with its reason. */
    final List<String> failures = new ArrayList<>();

    int answers;

    private volatile boolean stopped;
    private final Thread thread = new Thread(() -> {
        while (!stopped) {
            act();
        }
    });

    /** Makes one call or more, each by {@link #attempt}. */
    abstract void act();

    /** Makes a call, and remembers it as a failure if it has not the answer that it should. */
    final void attempt(String name, Callable<Boolean> call) {
        long start = System.nanoTime();
        String reason = "another answer";
        try {
            if (call.call()) {
                answers++;
                return;
            }
        } catch (Exception e) {
            reason = e.toString();
        }
        failures.add("%s: %s after %d ms".formatted(name, reason, (System.nanoTime() - start) / 1_000_000));
    }

    final void start() {
        thread.start();
    }

    /** Waits until the last call is answered. */
    final void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
