package backoffice.bitkey;

import backoffice.envelope.Envelope;
import backoffice.envelope.Envelope.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import java.time.Instant;

/** The bitkey of the caller (docs/api.md, section 2.4). */
@Path("/backoffice/key")
public class BitkeyResource {

    private final BitkeyRegistry bitkeys;

    BitkeyResource(BitkeyRegistry bitkeys) {
        this.bitkeys = bitkeys;
    }

    /**
     * What a client may know of its own bitkey.
     *
     * @param expiresAt null for a key that does not expire
     */
    @RegisterForReflection
    public record OwnBitkey(String vendor, String name, boolean readOnly, Instant expiresAt) {}

    /** Returns the bitkey of the call. Fails with 1102 when it ends between two checks. */
    @GET
    public Uni<Envelope<OwnBitkey>> get(@HeaderParam(BitkeyRegistry.HEADER) String key) {
        return bitkeys.find(key)
                .map(found -> new OwnBitkey(found.vendor(), found.name(), found.readOnly(), found.expiresAt()))
                .map(own -> Envelope.of(Page.of(own)));
    }
}
