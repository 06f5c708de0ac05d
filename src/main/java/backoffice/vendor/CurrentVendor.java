package backoffice.vendor;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;

/** The vendor that the bitkey of the current request belongs to. Every statement is confined to its rows. */
@Singleton
public class CurrentVendor {

    private final SecurityIdentity identity;

    CurrentVendor(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The name of the vendor, as configured. */
    public String name() {
        return identity.getPrincipal().getName();
    }
}
