package backoffice.http;

import static backoffice.http.Route.BASE_PATH;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.observability.CallLog;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Handler of every request, before the route of the request. It brings the path, the query and the headers of a call
 * into the one form that the rest of the service reads (docs/api.md, sections 1.1 and 1.2), refuses ambiguous message
 * framing, starts the observation of the call, and answers 1003 and 1004.
 */
@ApplicationScoped
class RequestNormalizer {

    static final String TARGET = RequestTarget.class.getName();

    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;

    private final ExceptionMappers failures;
    private final boolean hasHistory;
    private final Duration callTimeout;

    RequestNormalizer(
            ExceptionMappers failures,
            @ConfigProperty(name = "backoffice.history") boolean hasHistory,
            @ConfigProperty(name = "backoffice.database.call-timeout") Duration callTimeout) {
        this.failures = failures;
        this.hasHistory = hasHistory;
        this.callTimeout = callTimeout;
    }

    void register(@Observes Router router) {
        router.route()
                .order(BEFORE_ALL_OTHERS)
                .handler(context -> normalize(context, this::handle))
                .failureHandler(this::handleFailure);
    }

    void registerManagement(@Observes ManagementInterface management) {
        management
                .router()
                .route()
                .order(BEFORE_ALL_OTHERS)
                .handler(context -> normalize(context, RequestNormalizer::handleOutsideApi))
                .failureHandler(RequestNormalizer::handleFailureOutsideApi);
    }

    /**
     * Passes a request on by the normal form of its target, and routes it again unless the client sent that form. The
     * target in the context tells that this was done, so a request is routed again once at most.
     */
    private static void normalize(RoutingContext context, BiConsumer<RoutingContext, RequestTarget> handler) {
        RequestTarget target = target(context);
        boolean isFirst = context.get(TARGET) == null;
        context.put(TARGET, target);
        if (isFirst && !target.isOf(context.request())) {
            context.reroute(target.uri());
        } else {
            handler.accept(context, target);
        }
    }

    private void handle(RoutingContext context, RequestTarget target) {
        if (!target.isUnder(BASE_PATH)) {
            handleOutsideApi(context, target);
            return;
        }
        HttpServerRequest request = context.request();
        String method = request.method().name();
        Route route = Route.find(target.path(), method, hasHistory);
        startCall(context, target, route == null ? null : route.template());
        if (!MessageFraming.isUnambiguous(request)) {
            throw new ApiException(Problem.MALFORMED_REQUEST);
        } else if (route == null) {
            List<String> accepted = Route.methods(target.path(), hasHistory);
            if (accepted.isEmpty()) {
                throw new ApiException(Problem.NO_SUCH_PATH, target.sent());
            }
            context.response().putHeader(HttpHeaders.ALLOW, String.join(", ", accepted));
            throw new ApiException(Problem.NO_SUCH_METHOD, method, accepted);
        }
        // The service always answers JSON. JAX-RS would refuse some content types before the bitkey is checked.
        request.headers().remove(HttpHeaders.ACCEPT).remove(HttpHeaders.CONTENT_TYPE);
        context.next();
    }

    private void startCall(RoutingContext context, RequestTarget target, String template) {
        AnswerHeaders.add(context.response());
        context.response().putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        CallLog.start(context, target.sent(), template, callTimeout);
        MessageFraming.discardRestOfBody(context);
    }

    static boolean isGet(RoutingContext call) {
        return call.request().method() == HttpMethod.GET || call.request().method() == HttpMethod.HEAD;
    }

    /** The target of a request, also after it was routed again. */
    private static RequestTarget target(RoutingContext context) {
        RequestTarget target = context.get(TARGET);
        return target == null ? RequestTarget.of(context.request()) : target;
    }

    /**
     * Answers 400 to broken percent-encoding here, because the router would log the fault of the client as an error,
     * and to U+0000, because the handler of static files would fail.
     */
    private static void handleOutsideApi(RoutingContext context, RequestTarget target) {
        // At the end, because the handler of static files writes a date whose day has one digit before the 10th.
        context.addHeadersEndHandler(end -> AnswerHeaders.add(context.response()));
        boolean isUnambiguous = MessageFraming.isUnambiguous(context.request());
        if (isUnambiguous) {
            MessageFraming.discardRestOfBody(context);
        }
        if (!isUnambiguous || target.broken() || target.path().contains("%00")) {
            ExceptionMappers.end(context, HttpResponseStatus.BAD_REQUEST.code(), Buffer.buffer());
        } else {
            context.next();
        }
    }

    private void handleFailure(RoutingContext context) {
        RequestTarget target = target(context);
        if (!target.isUnder(BASE_PATH)) {
            handleFailureOutsideApi(context);
            return;
        }
        if (CallLog.of(context) == null) {
            // The router refuses a request without a host before this handler sees it.
            startCall(context, target, null);
        }
        failures.answer(context);
    }

    /**
     * Answers the refusal of a request line or a host here, because Quarkus would log the fault of the client as an
     * error, and the next route would read a target that is not a path.
     */
    private static void handleFailureOutsideApi(RoutingContext context) {
        if (context.failure() == null || context.statusCode() == HttpResponseStatus.BAD_REQUEST.code()) {
            AnswerHeaders.add(context.response());
            boolean isBroken = target(context).broken();
            int code = isBroken ? HttpResponseStatus.BAD_REQUEST.code() : context.statusCode();
            ExceptionMappers.end(context, code, Buffer.buffer());
        } else {
            context.next();
        }
    }
}
