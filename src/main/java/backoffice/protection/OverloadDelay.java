package backoffice.protection;

import backoffice.observability.Call;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/**
 * Holds a refusal for overload back until its call is about as old as {@code Retry-After} says. Clients that send again at once
 * would otherwise keep the service so busy with refusals that hardly a call is served. Other calls do not wait, those on the
 * same connection of a proxy included.
 */
@Singleton
public class OverloadDelay {

    private static final long MILLIS_OF_REFUSAL = 900;

    private final Vertx vertx;

    OverloadDelay(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Completes when the call may be refused, at once if it is old enough. */
    public Uni<Void> of(RoutingContext call) {
        long left = MILLIS_OF_REFUSAL - Call.of(call).millis();
        return left <= 0 ? Uni.createFrom().voidItem() : UniHelper.toUni(vertx.timer(left));
    }
}
