package backoffice.vendor;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.observability.Call;
import backoffice.protection.FailedKeyThrottle;
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

/**
 * The authentication by the header {@code bitkey} (docs/api.md, sections 2.1 and 2.2). The vendor of the bitkey becomes
 * the identity of the caller, with the name of the key, and with the role of changes unless it is read-only. The
 * throttle of failed keys can delay a call or refuse it with 5001.
 */
@Singleton
class BitkeyAuthenticationMechanism implements HttpAuthenticationMechanism {

    private static final int UNAUTHORIZED = 401;

    private final BitkeyRegistry bitkeys;
    private final FailedKeyThrottle throttle;

    BitkeyAuthenticationMechanism(BitkeyRegistry bitkeys, FailedKeyThrottle throttle) {
        this.bitkeys = bitkeys;
        this.throttle = throttle;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identityProviders) {
        String key = context.request().getHeader(BitkeyRegistry.HEADER);
        if (key == null || key.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        return bitkeys.find(key)
                .chain(bitkey -> throttle.delay(context.request().remoteAddress(), bitkey.map(Bitkey::vendor))
                        .map(admitted -> identity(context, bitkey.orElseThrow(() -> refusal(key)))));
    }

    private static RuntimeException refusal(String key) {
        return BitkeyText.isMistyped(key)
                ? new ApiException(Problem.KEY_MISTYPED)
                : new AuthenticationFailedException();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(UNAUTHORIZED, "WWW-Authenticate", BitkeyRegistry.HEADER));
    }

    private static SecurityIdentity identity(RoutingContext context, Bitkey key) {
        Call.recordCaller(context, key.vendor(), key.name());
        QuarkusSecurityIdentity.Builder identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(key.vendor()))
                .addAttribute(CurrentVendor.KEY_NAME, key.name());
        return (key.readOnly() ? identity : identity.addRole(CurrentVendor.MAY_CHANGE)).build();
    }
}
