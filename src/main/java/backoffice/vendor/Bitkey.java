package backoffice.vendor;

import java.time.Instant;

/**
 * A bitkey of a vendor. Its text is known to the client alone.
 *
 * @param name the name under which logs and traces show the key
 * @param expiresAt null for a key that does not expire
 */
public record Bitkey(String vendor, String name, BitkeyDigest digest, boolean readOnly, Instant expiresAt) {

    boolean isExpired() {
        return expiresAt != null && !Instant.now().isBefore(expiresAt);
    }
}
