package backoffice.vendor;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A set of bitkeys, each of which belongs to one vendor. */
final class Bitkeys {

    private final Map<BitkeyDigest, Bitkey> byDigest = new HashMap<>();

    /**
     * Adds a key of the configuration.
     *
     * @param key the key as it is, or {@code sha256:} and its digest in 64 hexadecimal digits
     * @param place where the key is configured, for the message of a failure
     * @throws ConfigurationException when the digest is malformed, or another vendor has the key
     */
    void add(String vendor, String name, String key, String place) {
        BitkeyDigest digest = BitkeyDigest.ofConfigured(key)
                .orElseThrow(() -> new ConfigurationException(
                        "A bitkey of vendor %s (%s) is not sha256: and 64 hexadecimal digits."
                                .formatted(vendor, place)));
        add(new Bitkey(vendor, name, digest, false, null)).ifPresent(other -> {
            throw new ConfigurationException(
                    "Vendors %s and %s have the same bitkey (%s). A bitkey belongs to one vendor."
                            .formatted(other, vendor, place));
        });
    }

    /** Adds a key, and returns the other vendor that has it; empty when there is none. */
    Optional<String> add(Bitkey key) {
        Bitkey known = byDigest.putIfAbsent(key.digest(), key);
        return Optional.ofNullable(known).map(Bitkey::vendor).filter(vendor -> !vendor.equals(key.vendor()));
    }

    boolean isEmpty() {
        return byDigest.isEmpty();
    }

    Optional<Bitkey> find(BitkeyDigest digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }

    /** All keys. */
    Collection<Bitkey> all() {
        return byDigest.values();
    }

    /** The vendors that have a key. */
    Set<String> vendors() {
        return byDigest.values().stream().map(Bitkey::vendor).collect(Collectors.toSet());
    }
}
