package backoffice.http;

import static backoffice.http.Route.BASE_PATH;

import backoffice.call.Call;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.observability.CallLog;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Handler of every request, before the route of the request. It brings the target and the headers of a call into the one
 * form that the rest of the service reads (docs/api.md, sections 1.1 and 1.2), starts the observation of the call, and
 * answers 1003 and 1004.
 */
@ApplicationScoped
class RequestNormalizer {

    static final String TARGET = RequestTarget.class.getName();

    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;

    // Netty copies such a text as a whole, and a String character by character, which took 4 % of the instructions of a
    // read.
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence CONTENT_SECURITY_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence LOAD_NOTHING =
            HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
    private static final CharSequence CORRELATION_ID = HttpHeaders.createOptimized(Call.CORRELATION_ID);

    private record Second(long number, CharSequence date) {}

    /** A date is formatted once a second, because each answer has one. */
    private static volatile Second last = new Second(0, "");

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
        register(router, this::handle);
    }

    void registerManagement(@Observes ManagementInterface management) {
        register(management.router(), RequestNormalizer::handleOutsideApi);
    }

    private void register(Router router, BiConsumer<RoutingContext, RequestTarget> handler) {
        router.route()
                .order(BEFORE_ALL_OTHERS)
                .handler(context -> normalize(context, handler))
                .failureHandler(this::handleFailure);
    }

    /**
     * Passes a request on by the normal form of its target, and routes it again unless the client sent that form. The
     * target in the context tells that this was done, so a request is routed again once at most.
     */
    private static void normalize(RoutingContext context, BiConsumer<RoutingContext, RequestTarget> handler) {
        RequestTarget known = context.get(TARGET);
        RequestTarget target = known == null ? RequestTarget.of(context.request()) : known;
        context.put(TARGET, target);
        if (known == null && target.normal() != null) {
            context.reroute(target.normal());
            return;
        }
        if (isUnambiguous(context.request())) {
            discardRestOfBody(context);
            handler.accept(context, target);
        } else {
            context.fail(HttpResponseStatus.BAD_REQUEST.code());
        }
    }

    /**
     * Whether the end and the host of a request are unambiguous (RFC 9112, sections 3.2, 5.1 and 6.1): it has at most one
     * {@code Host}, no header without a name, and either no {@code Transfer-Encoding} or {@code chunked} alone. Netty
     * accepts more. What a proxy in front of the service reads as a body would be the next request here.
     */
    static boolean isUnambiguous(HttpServerRequest request) {
        MultiMap headers = request.headers();
        String coding = String.join(",", headers.getAll(HttpHeaders.TRANSFER_ENCODING));
        return (coding.isEmpty() || coding.strip().equalsIgnoreCase("chunked"))
                && headers.getAll(HttpHeaders.HOST).size() <= 1
                && !headers.contains("");
    }

    /**
     * Reads and discards the rest of the body when the call is answered early. Otherwise, the connection could not take
     * its next request. A client that sent {@code Expect: 100-continue} does not send its body any more, so its
     * connection is closed. The answer says so, because a proxy could send the request of another client over this
     * connection. A request without a body also counts as unread until it is read to its end.
     */
    private static void discardRestOfBody(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean mayWithhold = request.headers().contains(HttpHeaders.EXPECT);
        if (mayWithhold) {
            context.addHeadersEndHandler(head -> {
                if (!request.isEnded()) {
                    context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                }
            });
        }
        context.addEndHandler(end -> {
            if (!request.isEnded() && mayWithhold) {
                request.connection().close();
            } else if (!request.isEnded()) {
                request.handler(unread -> {}).resume();
            }
        });
    }

    private void handle(RoutingContext context, RequestTarget target) {
        if (!isOfApi(context.normalizedPath())) {
            handleOutsideApi(context, target);
            return;
        }
        // The normal form has no empty segments, and no call has one.
        String path = target.sent().contains("//") ? target.sent() : context.normalizedPath();
        HttpServerRequest request = context.request();
        String method = request.method().name();
        Route route = Route.find(path, method, hasHistory);
        startCall(context, target.sent(), route == null ? null : route.template());
        if (route == null) {
            List<String> accepted = Route.methods(path, hasHistory);
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

    private static boolean isOfApi(String path) {
        return (path + "/").startsWith(BASE_PATH + "/");
    }

    private void startCall(RoutingContext context, String sentPath, String template) {
        addHeaders(context.response());
        context.response().putHeader(CONTENT_SECURITY_POLICY, LOAD_NOTHING);
        // Vert.x compresses an answer without this header, and removes it where there may be a body.
        context.response().putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        if (context.request().method() == HttpMethod.HEAD) {
            context.addHeadersEndHandler(end -> context.response().headers().remove(HttpHeaders.CONTENT_ENCODING));
        }
        Call call = Call.begin(context.request(), sentPath, template, callTimeout);
        context.response().putHeader(CORRELATION_ID, call.correlationId());
        CallLog.start(call);
        context.addEndHandler(end -> {
            CallLog.finish(call, context.response().getStatusCode(), end.succeeded());
            call.recordEnd();
        });
    }

    /** Adds the headers of every answer, but of what Vert.x itself answers (400, 414, 431). Browsers and caches read them. */
    private static void addHeaders(HttpServerResponse response) {
        response.putHeader(HttpHeaders.DATE, date())
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF);
    }

    private static CharSequence date() {
        long number = System.currentTimeMillis() / 1000;
        Second second = last;
        if (second.number != number) {
            second = new Second(number, HttpHeaders.createOptimized(DateFormatter.format(new Date(number * 1000))));
            last = second;
        }
        return second.date;
    }

    /**
     * Answers 400 to broken percent-encoding here, because the router would log the fault of the client as an error,
     * and to U+0000, because the handler of static files would fail.
     */
    private static void handleOutsideApi(RoutingContext context, RequestTarget target) {
        // At the end, because the handler of static files writes a date whose day has one digit before the 10th.
        context.addHeadersEndHandler(end -> addHeaders(context.response()));
        if (target.broken() || context.normalizedPath().contains("%00")) {
            context.fail(HttpResponseStatus.BAD_REQUEST.code());
        } else {
            context.next();
        }
    }

    /**
     * Answers the refusal of a request outside of the API here, because Quarkus would log the fault of the client as an
     * error, and the next route would read a target that is not a path.
     */
    private void handleFailure(RoutingContext context) {
        String sentPath = context.request().path();
        if (Call.current().isEmpty() && isOfApi(sentPath)) {
            // The router refuses a request without a host before this handler sees it.
            startCall(context, sentPath, null);
        }
        if (Call.current().isPresent()) {
            failures.answer(context);
        } else if (context.failure() == null || context.statusCode() == HttpResponseStatus.BAD_REQUEST.code()) {
            addHeaders(context.response());
            ExceptionMappers.end(context, context.statusCode(), Buffer.buffer());
        } else {
            context.next();
        }
    }
}
