package backoffice.http;

import static backoffice.http.RestApplication.BASE_PATH;

import backoffice.envelope.ApiException;
import backoffice.envelope.FailureResponses;
import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.observability.Call;
import backoffice.protection.OverloadDelay;
import backoffice.vendor.BitkeyRegistry;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
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
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Passes calls that are not served here to the hosted server, where {@code backoffice.upstream} names one: serial numbers,
 * products, users. A call needs a key of this service, as every call does. Bodies are streamed. A server that is out of
 * reach or silent is 5001.
 */
@Singleton
class UpstreamProxy implements ProxyInterceptor {

    private static final Logger LOG = Logger.getLogger(UpstreamProxy.class);
    /** Those of RFC 9110, section 7.6.1, save the coding of the body, which each side has of its own. */
    private static final List<String> HOP_BY_HOP = List.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "upgrade");

    private static final String PATH_TEMPLATE = BASE_PATH + "/{upstream}";
    private static final int MOST_CONNECTIONS = 100;

    /** What a call is kept under, since the proxy knows its request alone. */
    private static final String CALL = UpstreamProxy.class.getName();

    private final HttpAuthenticator authenticator;
    private final FailureResponses failures;
    private final UnhandledFailureHandler answers;
    private final OverloadDelay delay;
    private final Map<String, String> bitkeys = new HashMap<>();
    private final String path;
    private final HttpProxy proxy;

    UpstreamProxy(
            UpstreamConfig config,
            Vertx vertx,
            HttpAuthenticator authenticator,
            FailureResponses failures,
            UnhandledFailureHandler answers,
            OverloadDelay delay) {
        this.authenticator = authenticator;
        this.failures = failures;
        this.answers = answers;
        this.delay = delay;
        config.bitkeys().forEach((vendor, key) -> bitkeys.put(BitkeyRegistry.vendorName(vendor), key));
        String given = config.url().map(URI::getRawPath).orElse("").replaceAll("/+$", "");
        path = given.isEmpty() ? BASE_PATH : given;
        proxy = config.url().map(url -> proxy(url, config, vertx)).orElse(null);
    }

    private HttpProxy proxy(URI url, UpstreamConfig config, Vertx vertx) {
        boolean tls = url.getScheme().equalsIgnoreCase("https");
        RequestOptions server = new RequestOptions()
                .setHost(url.getHost())
                .setPort(url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80)
                .setSsl(tls)
                .setTimeout(config.timeout().toMillis());
        return HttpProxy.reverseProxy(vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(MOST_CONNECTIONS)))
                .origin(context -> context.client().request(new RequestOptions(server)))
                .addInterceptor(this);
    }

    /** Whether the hosted server answers a path. It is never asked for what it may take for a call that is served here. */
    boolean takes(RequestTarget target) {
        return proxy != null && !target.broken() && !target.hasEmptySegment() && !Route.mayServe(target);
    }

    /** Has a call answered by the hosted server. */
    void pass(RoutingContext call) {
        call.request().pause();
        authenticator
                .attemptAuthentication(call)
                .onFailure(UnavailableException.class)
                .call(() -> delay.of(call))
                .subscribe()
                .with(caller -> pass(call, caller), refusal -> answers.answer(call, failure(refusal, call.request())));
    }

    private void pass(RoutingContext call, SecurityIdentity caller) {
        HttpServerRequest request = call.request();
        if (caller == null) {
            answers.answer(call, failure(new ApiException(Problem.KEY_MISSING), request));
            return;
        }
        String vendor = caller.getPrincipal().getName();
        Call.pass(call, vendor, PATH_TEMPLATE);
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
        request.setURI(path + target + (query == null ? "" : "?" + query));
        removeHeadersOfConnection(request.headers());
        return context.sendRequest().recover(failure -> {
            LOG.warnf("The hosted server does not answer: %s", failure);
            return UniHelper.toFuture(delay.of(call)
                    .map(over -> unavailable(call, request.release().response())));
        });
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        removeHeadersOfConnection(context.response().headers());
        context.response().headers().remove("x-correlation-id");
        return context.sendResponse();
    }

    private ProxyResponse unavailable(RoutingContext call, ProxyResponse answer) {
        Response failure = failure(new UnavailableException(Problem.UPSTREAM_UNAVAILABLE), call.request());
        Call.answer(call, failure.getEntity());
        failure.getStringHeaders().forEach((name, values) -> answer.putHeader(name, String.join(",", values)));
        return answer.setStatusCode(failure.getStatus()).setBody(Body.body(answers.body(failure)));
    }

    private static void removeHeadersOfConnection(MultiMap headers) {
        Stream<String> named = headers.getAll(HttpHeaders.CONNECTION).stream()
                .flatMap(names -> Stream.of(names.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty());
        Stream.concat(named, HOP_BY_HOP.stream()).toList().forEach(headers::remove);
    }
}
