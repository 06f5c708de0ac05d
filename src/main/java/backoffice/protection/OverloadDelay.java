package backoffice.protection;

import backoffice.observability.Call;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/**
 * Delay of refusals for overload (5001) until their call is 0.9 s old (docs/api.md, section 8.3).
 *
 * <p>Without the delay, clients that retry at once would keep the service so busy with refusals that it would serve
 * hardly any call; see docs/adr/0016. Other calls do not wait, not even on the same connection of a proxy.
 */
@Singleton
public class OverloadDelay {

    private static final long MIN_AGE_MILLIS = 900;

    private final Vertx vertx;

    OverloadDelay(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Completes when the call is 0.9 s old, and at once for an older call. */
    public Uni<Void> await(RoutingContext call) {
        long remaining = MIN_AGE_MILLIS - Call.of(call).millis();
        return remaining <= 0 ? Uni.createFrom().voidItem() : UniHelper.toUni(vertx.timer(remaining));
    }
}
