package backoffice.transport;

import backoffice.envelope.Failures;
import backoffice.envelope.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/** Tells an unknown path (1003) from a known one with another method (1004), which the framework does class by class only. */
class RoutingFailureMappers {

    private final Failures failures;

    RoutingFailureMappers(Failures failures) {
        this.failures = failures;
    }

    @ServerExceptionMapper({NotFoundException.class, NotAllowedException.class})
    Response noSuchCall(HttpHeaders headers) {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        String language = headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
        String path = RequestFacts.of(request.unwrap(RoutingContext.class)).path();
        SortedSet<String> allowed = allowedMethods(request);
        return allowed.isEmpty()
                ? failures.of(Problem.NO_SUCH_PATH, language, path)
                : failures.noSuchMethod(request.getMethod(), allowed, language);
    }

    private static SortedSet<String> allowedMethods(ResteasyReactiveRequestContext request) {
        SortedSet<String> allowed = new TreeSet<>();
        RequestMapper<InitialMatch> classes =
                new RequestMapper<>(request.getDeployment().getClassMappers());
        String path = request.getPathWithoutPrefix();
        for (var match = classes.map(path); match != null; match = classes.continueMatching(path, match)) {
            for (ServerRestHandler handler : match.value.handlers) {
                if (handler instanceof ClassRoutingHandler routing) {
                    for (Map.Entry<String, RequestMapper<RuntimeResource>> method :
                            routing.getMappers().entrySet()) {
                        if (method.getValue().map(match.remaining.isEmpty() ? "/" : match.remaining) != null) {
                            allowed.add(method.getKey());
                        }
                    }
                }
            }
        }
        if (allowed.contains(HttpMethod.GET)) {
            allowed.add(HttpMethod.HEAD);
        }
        return allowed;
    }
}
