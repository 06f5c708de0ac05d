package backoffice.replica;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * The header {@code Consistency-Token} (docs/scaling.md). With a replica, each change returns it. A read that sends it
 * sees the change, also through another instance.
 */
class ConsistencyTokens {

    private static final String HEADER = "Consistency-Token";

    private final ReplicaReads replica;

    ConsistencyTokens(ReplicaReads replica) {
        this.replica = replica;
    }

    @ServerRequestFilter
    void readToken(ContainerRequestContext request) {
        String token = replica.isConfigured() ? request.getHeaderString(HEADER) : null;
        if (token != null) {
            replica.require(token);
        }
    }

    @ServerResponseFilter
    void addToken(ContainerResponseContext response) {
        if (replica.isConfigured()) {
            replica.logPosition().ifPresent(position -> response.getHeaders().putSingle(HEADER, position));
        }
    }
}
