package backoffice.cli;

import java.util.concurrent.Callable;

/** A command that another folder adds. It is registered as a service of {@link java.util.ServiceLoader}. */
public interface AddedCommand extends Callable<Integer> {}
