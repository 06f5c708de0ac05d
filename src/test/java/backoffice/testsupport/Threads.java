package backoffice.testsupport;

import java.util.concurrent.Executor;

/** Threads of tests. Since Java 25, the common pool has a single one on two processors, so its tasks wait for each other. */
public final class Threads {

    public static final Executor NEW = task -> new Thread(task).start();

    private Threads() {}
}
