package backoffice.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.Callable;

/** A command that another folder adds. It is registered as a service of {@link java.util.ServiceLoader}. */
public interface AddedCommand extends Callable<Integer> {

    /** The command that the added one is a subcommand of; without this annotation, the root. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Of {
        /** The name of the other command. */
        String value();
    }
}
