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

/**
 * The first to see a request of the API: settles what the framework would judge otherwise than the contract (section
 * 1) does, so that behind it there is one form of a path, and no negotiation of content.
 */
@ApplicationScoped
class RequestNormalizer {

    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;

    private final UnhandledFailureHandler failures;
    private final CallObserver observer;
    private final UpstreamProxy upstream;
    private volatile boolean shuttingDown;

    RequestNormalizer(UnhandledFailureHandler failures, CallObserver observer, UpstreamProxy upstream) {
        this.failures = failures;
        this.observer = observer;
        this.upstream = upstream;
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL_OTHERS).handler(this::normalize).failureHandler(this::fail);
    }

    void registerManagement(@Observes ManagementInterface management) {
        management
                .router()
                .route()
                .order(BEFORE_ALL_OTHERS)
                .handler(RequestNormalizer::guard)
                .failureHandler(RequestNormalizer::refuse);
    }

    void shutDown(@Observes ShutdownDelayInitiatedEvent event) {
        shuttingDown = true;
    }

    private void normalize(RoutingContext context) {
        HttpServerRequest request = context.request();
        date(context);
        if (shuttingDown) {
            // A connection that stays open would bring its next request when nobody answers any more.
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        RequestTarget target = RequestTarget.of(request.path());
        boolean ofApi = target.isUnder(BASE_PATH);
        boolean first = ofApi && OriginalRequest.of(context) == null;
        if (first) {
            begin(context, target);
        } else if (ofApi) {
            // The router forgets the headers of an answer when a path is taken for another one.
            CallObserver.identify(context);
        }
        if (!MessageFraming.isSound(request)) {
            hangUp(context, ofApi);
        } else if (!ofApi) {
            passBy(context, target);
        } else if (first && upstream.takes(target)) {
            upstream.pass(context);
        } else {
            serve(context, target);
        }
    }

    private static void guard(RoutingContext context) {
        date(context);
        if (MessageFraming.isSound(context.request())) {
            passBy(context, RequestTarget.of(context.request().path()));
        } else {
            UnhandledFailureHandler.hangUp(context, Buffer.buffer());
        }
    }

    private static void date(RoutingContext context) {
        context.response().putHeader(HttpHeaders.DATE, DateFormatter.format(new Date()));
    }

    /** The router fails on a path whose encoding is broken, and logs that as an error. */
    private static void passBy(RoutingContext context, RequestTarget target) {
        if (target.broken()) {
            context.response()
                    .setStatusCode(HttpResponseStatus.BAD_REQUEST.code())
                    .end();
        } else {
            context.next();
        }
    }

    private void hangUp(RoutingContext context, boolean ofApi) {
        if (ofApi) {
            failures.answerAndHangUp(context);
        } else {
            UnhandledFailureHandler.hangUp(context, Buffer.buffer());
        }
    }

    private static void serve(RoutingContext context, RequestTarget target) {
        HttpServerRequest request = context.request();
        request.headers().remove(HttpHeaders.ACCEPT).set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        // Nothing answers at the base path itself, so what goes there ends as an unknown path.
        String path = Route.serves(target) ? target.path() : BASE_PATH;
        String query = request.query() == null ? null : RequestTarget.query(request.query());
        if (path.equals(request.path()) && (query == null || query.equals(request.query()))) {
            context.next();
        } else {
            context.reroute(query == null ? path : path + "?" + query);
        }
    }

    private void begin(RoutingContext context, RequestTarget target) {
        String method = context.request().method().name();
        observer.begin(
                context,
                target.hasEmptySegment()
                        ? null
                        : Route.of(method, target.path()).map(Route::template).orElse(null));
        OriginalRequest.record(context, target.broken());
        if (context.request().headers().contains(HttpHeaders.EXPECT)) {
            context.addHeadersEndHandler(head -> announceClose(context));
        }
        context.addEndHandler(end -> discardUnread(context));
    }

    private void fail(RoutingContext context) {
        RequestTarget target = RequestTarget.of(context.request().path());
        if (target.isUnder(BASE_PATH)) {
            if (OriginalRequest.of(context) == null) {
                // The router refuses what has no host before any route sees it.
                begin(context, target);
            }
            failures.answer(context);
        } else {
            refuse(context);
        }
    }

    /** Quarkus would log as an error what a client did wrong. */
    private static void refuse(RoutingContext context) {
        if (context.statusCode() == HttpResponseStatus.BAD_REQUEST.code()) {
            context.response().setStatusCode(context.statusCode()).end();
        } else {
            context.next();
        }
    }

    /** A proxy would send the request of another client over a connection that it does not know to be closing. */
    private static void announceClose(RoutingContext context) {
        if (!context.request().isEnded()) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
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
