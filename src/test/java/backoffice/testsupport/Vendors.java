package backoffice.testsupport;

import java.util.Map;

public final class Vendors {

    public static final String ACME = "acme-key";
    public static final String ACME_ROTATED = "acme-key-of-next-year";
    public static final String GLOBEX = "globex-key";

    static final Map<String, String> CONFIG = Map.of(
            "backoffice.bitkeys.acme",
            ACME + "," + ACME_ROTATED,
            // The digest of GLOBEX; `printf %s globex-key | sha256sum` prints it.
            "backoffice.bitkeys.globex",
            "sha256:f2a455b59b858a04c51108416af2042203cb6ac35fa4141fba4148bc856e78d4");

    private Vendors() {}
}
