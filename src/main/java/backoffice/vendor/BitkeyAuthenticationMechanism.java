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

/** Makes the vendor that the header {@code bitkey} belongs to the caller's identity (contract, section 2). */
@Singleton
class BitkeyAuthenticationMechanism implements HttpAuthenticationMechanism {

    private static final String HEADER = "bitkey";
    private static final int UNAUTHORIZED = 401;

    private final BitkeyRegistry bitkeys;
    private final FailedKeyThrottle doorkeeper;

    BitkeyAuthenticationMechanism(BitkeyRegistry bitkeys, FailedKeyThrottle doorkeeper) {
        this.bitkeys = bitkeys;
        this.doorkeeper = doorkeeper;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identityProviders) {
        String key = context.request().getHeader(HEADER);
        if (key == null || key.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        Optional<String> vendor = bitkeys.vendorOf(key);
        return doorkeeper
                .admit(context.request().remoteAddress(), vendor)
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
