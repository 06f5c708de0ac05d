package backoffice.http;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.protection.ClientConnection;
import backoffice.value.Call;
import backoffice.value.Vendor;
import backoffice.vendor.Bitkey;
import backoffice.vendor.BitkeyRegistry;
import io.opentelemetry.api.trace.Span;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/**
 * The authentication by the header {@code bitkey} (docs/api.md, sections 2.1 and 2.2). The vendor of the bitkey becomes
 * the caller, with the role of changes unless the bitkey is read-only. Quarkus authenticates the calls that resources
 * answer.
 */
@Singleton
public class CallAuthenticator implements HttpAuthenticationMechanism {

    private final BitkeyRegistry bitkeys;

    CallAuthenticator(BitkeyRegistry bitkeys) {
        this.bitkeys = bitkeys;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext call, IdentityProviderManager identityProviders) {
        String key = call.request().getHeader(BitkeyRegistry.HEADER);
        if (key == null || key.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        Consumer<String> authentication = ClientConnection.authentication();
        return bitkeys.find(key)
                .map(bitkey -> identity(bitkey.orElseThrow(() -> refusal(key))))
                .invoke(identity ->
                        authentication.accept(identity.getPrincipal().getName()));
    }

    private static RuntimeException refusal(String key) {
        return Bitkey.isMistyped(key) ? new ApiException(Problem.KEY_MISTYPED) : new AuthenticationFailedException();
    }

    private static SecurityIdentity identity(Bitkey key) {
        Call.current().ifPresent(current -> current.recordCaller(new Vendor(key.vendor()), key.name()));
        Span.current().setAttribute("vendor", key.vendor()).setAttribute("bitkey.name", key.name());
        QuarkusSecurityIdentity.Builder identity =
                QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(key.vendor()));
        return (key.readOnly() ? identity : identity.addRole(Call.MAY_CHANGE)).build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext call) {
        // ExceptionMappers answers calls without a valid bitkey.
        return Uni.createFrom().nullItem();
    }
}
