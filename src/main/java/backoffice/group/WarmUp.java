package backoffice.group;

import backoffice.envelope.Envelope.Page;
import backoffice.execution.CallExecutor;
import backoffice.pagination.PageRange;
import backoffice.value.Vendor;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Reads a page of groups while the service starts, so that the first call finds a connection to PostgreSQL and a
 * translated statement. See docs/adr/0020.
 */
@Singleton
class WarmUp {

    private static final Vendor NOBODY = new Vendor("");
    private static final int BEFORE_MIGRATION = Interceptor.Priority.LIBRARY_BEFORE - 1;
    private static final Logger LOG = Logger.getLogger(WarmUp.class);

    private final CallExecutor calls;
    private final CustomerGroupRepository groups;
    private final boolean servesHttp;

    WarmUp(
            CallExecutor calls,
            CustomerGroupRepository groups,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean servesHttp) {
        this.calls = calls;
        this.groups = groups;
        this.servesHttp = servesHttp;
    }

    /**
     * Starts the warm-up and does not wait for it. A failure does not matter, because the first call then does the same
     * work. The start waits for the answer about the migrations of the schema meanwhile. Commands serve no calls and need
     * no warm-up.
     */
    void onStart(@Observes @Priority(BEFORE_MIGRATION) StartupEvent event) {
        if (servesHttp) {
            VertxContextSupport.subscribe(
                    () -> read().toMulti(),
                    reading -> reading.with(page -> {}, failure -> LOG.debug("The warm-up has failed", failure)));
        }
    }

    Uni<Page<Group>> read() {
        return calls.execute(NOBODY, groups.page(CustomerGroupRepository.ALL, new PageRange(0, 1)));
    }
}
