package backoffice.http;

import backoffice.envelope.ApiException;
import backoffice.envelope.FailureResponses;
import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.protection.OverloadDelay;
import backoffice.vendor.BitkeyRegistry;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/** Authenticates calls that no resource answers, and answers them when they fail. */
@Singleton
public class CallAuthenticator {

    private final HttpAuthenticator authenticator;
    private final BitkeyRegistry bitkeys;
    private final FailureResponses failures;
    private final UnhandledFailureHandler failureHandler;
    private final OverloadDelay overloadDelay;

    CallAuthenticator(
            HttpAuthenticator authenticator,
            BitkeyRegistry bitkeys,
            FailureResponses failures,
            UnhandledFailureHandler failureHandler,
            OverloadDelay overloadDelay) {
        this.authenticator = authenticator;
        this.bitkeys = bitkeys;
        this.failures = failures;
        this.failureHandler = failureHandler;
        this.overloadDelay = overloadDelay;
    }

    /**
     * Authenticates an observed call and passes it on with its caller, or answers it with the failure (1101, 1102 or
     * 5001).
     */
    public void authenticate(RoutingContext call, Consumer<SecurityIdentity> next) {
        authenticator
                .attemptAuthentication(call)
                .onItem()
                .ifNull()
                .failWith(() -> new ApiException(Problem.KEY_MISSING))
                .subscribe()
                .with(next, failure -> fail(call, failure));
    }

    /** Whether the bitkey of a call that was authenticated is still valid. A call that waits asks from time to time. */
    public Uni<Boolean> isStillAuthenticated(RoutingContext call, String vendor) {
        return bitkeys.isValid(call.request().getHeader(BitkeyRegistry.HEADER), vendor);
    }

    /** Answers an observed call with a failure. A refusal for overload waits as {@link OverloadDelay} says. */
    public void fail(RoutingContext call, Throwable failure) {
        Uni<Void> delay = failure instanceof UnavailableException
                ? overloadDelay.await(call)
                : Uni.createFrom().voidItem();
        String language = call.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        delay.subscribe().with(done -> failureHandler.answer(call, failures.of(failure, language)));
    }
}
