package backoffice.group;

import backoffice.envelope.PageRange;
import backoffice.search.Fields;
import backoffice.search.HqlTranslator;
import backoffice.search.SearchRequest;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The first answer of an instance would wait for the connection to PostgreSQL and the translation of the statement, on a JVM
 * maybe longer than a call may; here they begin while the rest of the service still starts.
 */
@Singleton
class WarmUp {

    private static final Logger LOG = Logger.getLogger(WarmUp.class);
    private static final String NOBODY = "";
    private static final PageRange ONE = new PageRange(0, 1);

    private final CustomerGroupRepository groups;
    private final Vertx vertx;
    private final boolean takesCalls;

    WarmUp(
            CustomerGroupRepository groups,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean takesCalls) {
        this.groups = groups;
        this.vertx = vertx;
        this.takesCalls = takesCalls;
    }

    /** After the schema is there, which its migration sees to earlier; a command has no first call. */
    void begin(@Observes StartupEvent event) {
        if (!takesCalls) {
            return;
        }
        Context call = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(call, true);
        call.runOnContext(
                now -> groups.page(NOBODY, HqlTranslator.translate(SearchRequest.EVERYTHING, Fields.GROUPS), ONE)
                        .subscribe()
                        .with(
                                page -> LOG.debug("The database answers"),
                                failure -> LOG.debug("The database does not answer yet", failure)));
    }
}
