package backoffice.vendor;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;

/** The vendor of the current call, which comes from its bitkey. Each statement binds this vendor. See docs/adr/0003. */
@Singleton
public class CurrentVendor {

    private final SecurityIdentity identity;

    CurrentVendor(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The normalized name of the vendor. Use it only within a call that has a valid bitkey. */
    public String name() {
        return identity.getPrincipal().getName();
    }
}
