package backoffice.vendor;

import backoffice.value.Vendor;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;

/** The vendor of the current call, which comes from its bitkey. Each statement binds this vendor. See docs/adr/0003. */
@Singleton
public class CurrentVendor {

    /** The role that a call needs to change data. Keys that are read-only do not have it (1103). */
    public static final String MAY_CHANGE = "may-change";

    /** The attribute of the identity that has the name of the bitkey. */
    public static final String KEY_NAME = "bitkey.name";

    private final SecurityIdentity identity;

    CurrentVendor(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The vendor. Use it only within a call that has a valid bitkey. */
    public Vendor get() {
        return new Vendor(identity.getPrincipal().getName());
    }
}
