package backoffice.vendor;

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
import java.util.Optional;

/**
 * The authentication by the header {@code bitkey} (docs/api.md, sections 2.1 and 2.2). The vendor of the bitkey
 * becomes the identity of the caller. The throttle of failed keys can delay a call or refuse it with 5001.
 */
@Singleton
class BitkeyAuthenticationMechanism implements HttpAuthenticationMechanism {

    private static final String HEADER = "bitkey";
    private static final int UNAUTHORIZED = 401;

    private final BitkeyRegistry bitkeys;
    private final FailedKeyThrottle throttle;

    BitkeyAuthenticationMechanism(BitkeyRegistry bitkeys, FailedKeyThrottle throttle) {
        this.bitkeys = bitkeys;
        this.throttle = throttle;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identityProviders) {
        String key = context.request().getHeader(HEADER);
        if (key == null || key.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        Optional<String> vendor = bitkeys.vendorOf(key);
        return throttle.delay(context.request().remoteAddress(), vendor)
                .map(admitted -> identity(vendor.orElseThrow(AuthenticationFailedException::new)));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(UNAUTHORIZED, "WWW-Authenticate", HEADER));
    }

    private static SecurityIdentity identity(String vendor) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(vendor))
                .build();
    }
}
