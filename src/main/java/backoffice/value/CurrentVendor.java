package backoffice.value;

import jakarta.inject.Singleton;

/** The vendor of the current call, which comes from its bitkey. Each statement binds this vendor. See docs/adr/0003. */
@Singleton
public class CurrentVendor {

    /** The role that a call needs to change data. Keys that are read-only do not have it (1103). */
    public static final String MAY_CHANGE = "may-change";

    /** The vendor. Use it only within a call that has a valid bitkey. */
    public Vendor get() {
        return Call.current().orElseThrow().vendor();
    }
}
