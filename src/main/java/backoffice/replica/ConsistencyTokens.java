package backoffice.replica;

import io.smallrye.common.vertx.ContextLocals;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * The header {@code Consistency-Token} (docs/scaling.md). With a replica, each change returns it. A read that sends it
 * sees the change, also through another instance. The primary answers a read with any other text.
 */
class ConsistencyTokens {

    private static final String HEADER = "Consistency-Token";

    @ServerRequestFilter
    void readToken(ContainerRequestContext request) {
        String token = request.getHeaderString(HEADER);
        if (token != null) {
            ContextLocals.put(ReplicaReads.REQUIRED, WalPosition.parse(token));
        }
    }

    @ServerResponseFilter
    void addToken(ContainerResponseContext response) {
        ContextLocals.<Long>get(ReplicaReads.LOG_POSITION)
                .ifPresent(position -> response.getHeaders().putSingle(HEADER, WalPosition.format(position)));
    }
}
