package backoffice.vendor;

import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope;
import backoffice.envelope.Envelope.Page;
import backoffice.envelope.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The bitkey of the caller (docs/api.md, section 2.4). */
@Path("/backoffice/key")
@Produces(MediaType.APPLICATION_JSON)
public class BitkeyResource {

    private final BitkeyRegistry bitkeys;

    BitkeyResource(BitkeyRegistry bitkeys) {
        this.bitkeys = bitkeys;
    }

    /**
     * What a client may know of its own bitkey.
     *
     * @param expiresAt UTC, in the form of ISO 8601; null for a key that does not expire
     */
    @RegisterForReflection
    public record OwnBitkey(String vendor, String name, boolean readOnly, String expiresAt) {

        private static OwnBitkey of(Bitkey key) {
            String expiresAt = key.expiresAt() == null ? null : key.expiresAt().toString();
            return new OwnBitkey(key.vendor(), key.name(), key.readOnly(), expiresAt);
        }
    }

    /** Returns the bitkey of the call. Fails with 1102 when it ends between two checks. */
    @GET
    public Uni<Envelope<OwnBitkey>> get(@HeaderParam(BitkeyRegistry.HEADER) String key) {
        return bitkeys.find(key)
                .map(found -> found.orElseThrow(() -> new ApiException(Problem.KEY_UNKNOWN)))
                .map(found -> Envelope.of(Page.of(OwnBitkey.of(found))));
    }
}
