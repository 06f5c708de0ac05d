package backoffice.http;

import static backoffice.http.RestApplication.BASE_PATH;

import backoffice.observability.CallObserver;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import java.util.Date;
import java.util.List;

/**
 * First handler of every request. It brings the path, the query and the headers of a call into the one form that the
 * rest of the service reads (docs/api.md, sections 1.1 and 1.2), refuses ambiguous message framing, and starts the
 * observation of the call.
 */
@ApplicationScoped
class RequestNormalizer {

    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;

    private final UnhandledFailureHandler failures;
    private final CallObserver observer;
    private volatile boolean shuttingDown;

    RequestNormalizer(UnhandledFailureHandler failures, CallObserver observer) {
        this.failures = failures;
        this.observer = observer;
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL_OTHERS).handler(this::normalize).failureHandler(this::handleFailure);
    }

    void registerManagement(@Observes ManagementInterface management) {
        management
                .router()
                .route()
                .order(BEFORE_ALL_OTHERS)
                .handler(RequestNormalizer::handleManagement)
                .failureHandler(RequestNormalizer::handleFailureOutsideApi);
    }

    void startShutdown(@Observes ShutdownDelayInitiatedEvent event) {
        shuttingDown = true;
    }

    private void normalize(RoutingContext context) {
        HttpServerRequest request = context.request();
        addHeaders(context);
        if (shuttingDown) {
            // On an open connection, the client could send its next request after the service has stopped.
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        RequestTarget target = RequestTarget.of(request.path());
        boolean inApi = target.isUnder(BASE_PATH);
        List<Route> routes = inApi ? Route.of(target.path()) : List.of();
        if (inApi && OriginalRequest.of(context) == null) {
            startCall(context, target, routes);
        } else if (inApi) {
            // A reroute clears the headers of the response.
            CallObserver.addCorrelationId(context);
        }
        if (!MessageFraming.isUnambiguous(request)) {
            refuseFraming(context, inApi);
        } else if (!inApi) {
            continueOutsideApi(context, target);
        } else {
            routeToResource(context, routes.isEmpty() ? BASE_PATH : target.path());
        }
    }

    private static void handleManagement(RoutingContext context) {
        addHeaders(context);
        if (MessageFraming.isUnambiguous(context.request())) {
            continueOutsideApi(context, RequestTarget.of(context.request().path()));
        } else {
            UnhandledFailureHandler.refuseAndClose(context, Buffer.buffer());
        }
    }

    /**
     * Adds the headers of every answer. They tell browsers and caches how to treat it. RFC 9110, section 6.6.1: a
     * server that has a clock sends a date. {@code protection/ConnectionMemoryHandler} adds them to what Vert.x itself
     * answers (400, 414, 431), without the date.
     */
    private static void addHeaders(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.DATE, DateFormatter.format(new Date()))
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
    }

    /**
     * Answers 400 to broken percent-encoding here, because the router would log the fault of the client as an error,
     * and to U+0000, because the handler of static files would fail.
     */
    private static void continueOutsideApi(RoutingContext context, RequestTarget target) {
        discardRestOfBody(context);
        if (target.broken() || target.path().contains("%00")) {
            refuse(context, HttpResponseStatus.BAD_REQUEST.code());
        } else {
            context.next();
        }
    }

    /** Some requests are refused before this handler sees them. */
    private static void refuse(RoutingContext context, int code) {
        addHeaders(context);
        context.response().setStatusCode(code).end();
    }

    private void refuseFraming(RoutingContext context, boolean inApi) {
        if (inApi) {
            failures.refuseAndClose(context);
        } else {
            UnhandledFailureHandler.refuseAndClose(context, Buffer.buffer());
        }
    }

    /**
     * Replaces the request by its normal form and passes it on to the resources.
     *
     * @param path the path in its normal form; the base path for a path that is not served. No resource has the base
     *     path itself, so the request is 1003 then
     */
    private static void routeToResource(RoutingContext context, String path) {
        HttpServerRequest request = context.request();
        // The service always answers JSON, and BodyReader checks the content type of the original request.
        request.headers().remove(HttpHeaders.ACCEPT).set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        String query = RequestTarget.query(request.query());
        if (path.equals(request.path()) && (query == null || query.equals(request.query()))) {
            context.next();
        } else {
            context.reroute(query == null ? path : path + "?" + query);
        }
    }

    private void startCall(RoutingContext context, RequestTarget target, List<Route> routes) {
        String method = context.request().method().name();
        observer.observe(
                context,
                routes.stream()
                        .filter(route -> route.accepts(method))
                        .findFirst()
                        .map(Route::template)
                        .orElse(null));
        OriginalRequest.record(context, target.broken());
        discardRestOfBody(context);
    }

    private void handleFailure(RoutingContext context) {
        RequestTarget target = RequestTarget.of(context.request().path());
        if (target.isUnder(BASE_PATH)) {
            if (OriginalRequest.of(context) == null) {
                // The router refuses a request without a host before this handler sees it.
                addHeaders(context);
                startCall(context, target, Route.of(target.path()));
            }
            failures.answer(context);
        } else {
            handleFailureOutsideApi(context);
        }
    }

    /**
     * Answers the refusal of a request line or a host here, because Quarkus would log the fault of the client as an
     * error, and the next route would read a target that is not a path.
     */
    private static void handleFailureOutsideApi(RoutingContext context) {
        if (RequestTarget.of(context.request().path()).broken()) {
            refuse(context, HttpResponseStatus.BAD_REQUEST.code());
        } else if (context.failure() == null || context.statusCode() == HttpResponseStatus.BAD_REQUEST.code()) {
            refuse(context, context.statusCode());
        } else {
            context.next();
        }
    }

    /** Has the rest of the body read when the request is answered early, or its connection closed. */
    private static void discardRestOfBody(RoutingContext context) {
        if (context.request().headers().contains(HttpHeaders.EXPECT)) {
            context.addHeadersEndHandler(head -> announceClose(context));
        }
        context.addEndHandler(end -> discardUnreadBody(context));
    }

    /**
     * Announces that the connection will close. Otherwise, a proxy could send the request of another client
     * over this connection.
     */
    private static void announceClose(RoutingContext context) {
        if (!context.request().isEnded()) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /**
     * Reads and discards the rest of the body of a call that was answered early. Otherwise, the connection could not
     * take its next request. A client that sent {@code Expect: 100-continue} does not send its body any more, so its
     * connection is closed. A request without a body also counts as unread until it is read to its end.
     */
    private static void discardUnreadBody(RoutingContext context) {
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
