package backoffice.persistence;

/** The condition that confines an HQL statement to the rows of one vendor. */
public final class VendorScope {

    /** The named parameter that holds the vendor. {@link PagedRepository} binds it. */
    static final String VENDOR = "vendor";

    private VendorScope() {}

    /** The condition for the entity with an alias. */
    public static String ofVendor(String alias) {
        return alias + ".vendor = :" + VENDOR;
    }
}
