package backoffice.http;

import static backoffice.http.RestApplication.BASE_PATH;

import backoffice.envelope.ApiException;
import backoffice.envelope.FailureResponses;
import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.observability.Call;
import backoffice.protection.OverloadDelay;
import backoffice.vendor.BitkeyRegistry;
import backoffice.vendor.CurrentVendor;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Reverse proxy that forwards calls which are not served here, such as those for serial numbers, products and users, to
 * the upstream server (docs/api.md, section 1.7). It is active when {@code backoffice.upstream} is set.
 *
 * <p>A forwarded call needs a bitkey of this service. Bodies are streamed. An upstream server that is out of reach
 * or silent is 5001.
 */
@Singleton
class UpstreamProxy implements ProxyInterceptor {

    private static final Logger LOG = Logger.getLogger(UpstreamProxy.class);

    /**
     * The hop-by-hop headers of RFC 9110, section 7.6.1, without {@code Transfer-Encoding}, which the proxy sets
     * for each connection.
     */
    private static final List<String> HOP_BY_HOP = List.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "upgrade");

    /** The methods for which a key that is read-only suffices. What another method does upstream is not known here. */
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private static final String PATH_TEMPLATE = BASE_PATH + "/{upstream}";
    private static final int MAX_CONNECTIONS = 100;

    /** Key of the call in the locals of its context. An interceptor gets the request without its routing context. */
    private static final String CALL = UpstreamProxy.class.getName();

    private final CallAuthenticator authenticator;
    private final FailureResponses failures;
    private final UnhandledFailureHandler failureHandler;
    private final OverloadDelay overloadDelay;
    private final Map<String, String> bitkeys = new HashMap<>();
    private final String upstreamPath;
    private final HttpProxy proxy;

    UpstreamProxy(
            UpstreamConfig config,
            Vertx vertx,
            CallAuthenticator authenticator,
            FailureResponses failures,
            UnhandledFailureHandler failureHandler,
            OverloadDelay overloadDelay) {
        this.authenticator = authenticator;
        this.failures = failures;
        this.failureHandler = failureHandler;
        this.overloadDelay = overloadDelay;
        config.bitkeys().forEach((vendor, key) -> bitkeys.put(BitkeyRegistry.vendorName(vendor), key));
        String configuredPath = config.url().map(URI::getRawPath).orElse("").replaceAll("/+$", "");
        upstreamPath = configuredPath.isEmpty() ? BASE_PATH : configuredPath;
        proxy = config.url().map(url -> proxy(url, config, vertx)).orElse(null);
    }

    private HttpProxy proxy(URI url, UpstreamConfig config, Vertx vertx) {
        boolean tls = url.getScheme().equalsIgnoreCase("https");
        RequestOptions origin = new RequestOptions()
                .setHost(url.getHost())
                .setPort(url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80)
                .setSsl(tls)
                .setTimeout(config.timeout().toMillis());
        return HttpProxy.reverseProxy(vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(MAX_CONNECTIONS)))
                .origin(context -> context.client().request(new RequestOptions(origin)))
                .addInterceptor(this);
    }

    /**
     * Whether a request with this target goes to the upstream server. It does not when there is no upstream server,
     * when the path has broken percent-encoding or an empty segment, and when the upstream server may read the path as
     * one that is served here.
     */
    boolean accepts(RequestTarget target) {
        return proxy != null && !target.broken() && !target.hasEmptySegment() && !Route.resemblesServedPath(target);
    }

    /** Authenticates a call and forwards it, or answers it with the failure (1101, 1102, 1103 or 5001). */
    void forward(RoutingContext call) {
        call.request().pause();
        authenticator.authenticate(call, caller -> forward(call, caller));
    }

    private void forward(RoutingContext call, SecurityIdentity caller) {
        HttpServerRequest request = call.request();
        if (!caller.hasRole(CurrentVendor.MAY_CHANGE) && !READS.contains(request.method())) {
            authenticator.fail(call, new ApiException(Problem.KEY_READ_ONLY));
            return;
        }
        String vendor = caller.getPrincipal().getName();
        Call.recordUpstream(call, PATH_TEMPLATE);
        ContextLocals.put(CALL, call);
        String key = bitkeys.get(vendor);
        if (key != null) {
            request.headers().set("bitkey", key);
        }
        proxy.handle(request);
    }

    private Response failure(Throwable failure, HttpServerRequest request) {
        return failures.of(failure, request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        ProxyRequest request = context.request();
        RoutingContext call = ContextLocals.<RoutingContext>get(CALL).orElseThrow();
        String target = RequestTarget.of(call.request().path()).path().substring(BASE_PATH.length());
        String query = call.request().query();
        request.setURI(upstreamPath + target + (query == null ? "" : "?" + query));
        removeHopByHopHeaders(request.headers());
        return context.sendRequest().recover(failure -> {
            LOG.warnf("The hosted server does not answer: %s", failure);
            return UniHelper.toFuture(overloadDelay
                    .await(call)
                    .map(delayed -> unavailable(call, request.release().response())));
        });
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        removeHopByHopHeaders(context.response().headers());
        // The client gets the id under which the log of this service has the call.
        context.response().headers().remove("x-correlation-id");
        return context.sendResponse();
    }

    private ProxyResponse unavailable(RoutingContext call, ProxyResponse response) {
        Response failure = failure(new UnavailableException(Problem.UPSTREAM_UNAVAILABLE), call.request());
        Call.recordResponse(call, failure.getEntity());
        failure.getStringHeaders().forEach((name, values) -> response.putHeader(name, String.join(",", values)));
        return response.setStatusCode(failure.getStatus()).setBody(Body.body(failureHandler.body(failure)));
    }

    private static void removeHopByHopHeaders(MultiMap headers) {
        Stream<String> connectionHeaders = headers.getAll(HttpHeaders.CONNECTION).stream()
                .flatMap(names -> Stream.of(names.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty());
        Stream.concat(connectionHeaders, HOP_BY_HOP.stream()).toList().forEach(headers::remove);
    }
}
