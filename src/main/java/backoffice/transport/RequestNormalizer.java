package backoffice.transport;

import static backoffice.transport.RestApplication.BASE_PATH;

import backoffice.envelope.Status;
import backoffice.operation.CallObserver;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;

/**
 * The first to see a request of the API: settles what the framework would judge otherwise than the contract (section
 * 1) does, so that behind it there is one form of a path, and no negotiation of content.
 */
@ApplicationScoped
class RequestNormalizer {

    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;

    private final UnhandledFailures failures;
    private final CallObserver observer;
    private volatile boolean shuttingDown;

    RequestNormalizer(UnhandledFailures failures, CallObserver observer) {
        this.failures = failures;
        this.observer = observer;
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL_OTHERS).handler(this::normalize).failureHandler(this::fail);
    }

    void shutDown(@Observes ShutdownDelayInitiatedEvent event) {
        shuttingDown = true;
    }

    private void normalize(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (shuttingDown) {
            // A connection that stays open would bring its next request when nobody answers any more.
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        RequestTarget target = RequestTarget.of(request.path());
        if (!target.isUnder(BASE_PATH)) {
            context.next();
            return;
        }
        begin(context, target);
        request.headers().remove(HttpHeaders.ACCEPT).set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        // Nothing answers at the base path itself, so what goes there ends as an unknown path.
        String path = target.hasEmptySegment() ? BASE_PATH : target.path();
        String query = request.query() == null ? null : RequestTarget.query(request.query());
        if (path.equals(request.path()) && (query == null || query.equals(request.query()))) {
            context.next();
        } else {
            context.reroute(query == null ? path : path + "?" + query);
        }
    }

    private void begin(RoutingContext context, RequestTarget target) {
        if (RequestFacts.of(context) == null) {
            observer.begin(context);
            RequestFacts.record(context, target.broken());
            context.addEndHandler(end -> end(context));
        }
    }

    private static void end(RoutingContext context) {
        discardUnread(context);
        if (context.response().getStatusCode() == Status.UNAVAILABLE.httpCode()) {
            Backpressure.rest(context.request());
        }
    }

    private void fail(RoutingContext context) {
        RequestTarget target = RequestTarget.of(context.request().path());
        if (target.isUnder(BASE_PATH)) {
            // The router refuses what has no host before any route sees it.
            begin(context, target);
            failures.answer(context);
        } else {
            context.next();
        }
    }

    /**
     * A call may be answered before its body has come. The rest is let go by, or the connection would be stuck; a client
     * that asked before sending it ({@code Expect: 100-continue}) now never will. A request without a body has not ended
     * either as long as nobody read it.
     */
    private static void discardUnread(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            return;
        }
        if (request.headers().contains(HttpHeaders.EXPECT)) {
            request.connection().close();
            return;
        }
        request.handler(unread -> {}).resume();
    }
}
