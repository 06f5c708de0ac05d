package backoffice.persistence;

import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;

/** Says who makes a change. The statement of the change tells the triggers of the option history/. */
public interface ChangeActor {

    /** Who makes the changes of the current call, as a JSON object; null when no trigger asks, which is the default. */
    default String current() {
        return null;
    }

    /** The default. */
    @DefaultBean
    @Singleton
    class Nobody implements ChangeActor {}
}
