package backoffice.vendor;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;

/** The vendor on whose behalf the request acts; every statement is confined to its rows. */
@RequestScoped
public class Vendor {

    private final SecurityIdentity identity;

    Vendor(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The vendor's name, as configured. */
    public String name() {
        return identity.getPrincipal().getName();
    }
}
