package backoffice.vendor;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** A set of bitkeys, each of which belongs to one vendor. */
final class Bitkeys {

    private static final String PREFIX = "backoffice.bitkeys.";
    private static final String DIGEST_PREFIX = "sha256:";
    private static final Pattern DIGEST = Pattern.compile(DIGEST_PREFIX + "[0-9a-fA-F]{64}");

    /** 20 random letters and digits have more than 100 bits. */
    private static final int FEWEST_CHARACTERS = 20;

    private final Map<BitkeyDigest, Bitkey> byDigest = new HashMap<>();
    private final Set<String> vendorsWithShortKeys = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    /** The bitkeys of the configuration. Blanks around a key do not belong to it, since no header has them. */
    static Bitkeys of(Config config) {
        Bitkeys bitkeys = new Bitkeys();
        for (String property : config.getPropertyNames()) {
            if (property.startsWith(PREFIX)) {
                String vendor = BitkeyRegistry.vendorName(property.substring(PREFIX.length()));
                config.getOptionalValues(property, String.class).orElse(List.of()).stream()
                        .map(String::strip)
                        .filter(key -> !key.isEmpty())
                        .forEach(key -> bitkeys.add(vendor, "configured", key, PREFIX + vendor));
            }
        }
        return bitkeys;
    }

    /**
     * Adds a key of a vendor.
     *
     * @param key the key as it is, or {@code sha256:} and its digest in 64 hexadecimal digits
     * @param place where the key is configured, for the message of a failure
     * @throws ConfigurationException when the digest is malformed, or another vendor has the key
     */
    void add(String vendor, String name, String key, String place) {
        boolean isDigest = key.startsWith(DIGEST_PREFIX);
        if (isDigest && !DIGEST.matcher(key).matches()) {
            throw new ConfigurationException(
                    "A bitkey of vendor %s (%s) is not sha256: and 64 hexadecimal digits.".formatted(vendor, place));
        }
        if (!isDigest && key.length() < FEWEST_CHARACTERS) {
            vendorsWithShortKeys.add(vendor);
        }
        BitkeyDigest digest = isDigest
                ? new BitkeyDigest(HexFormat.of().parseHex(key, DIGEST_PREFIX.length(), key.length()))
                : BitkeyDigest.of(key);
        Bitkey known = byDigest.putIfAbsent(digest, new Bitkey(vendor, name, digest, false, null));
        if (known != null && !known.vendor().equals(vendor)) {
            throw new ConfigurationException(
                    "Vendors %s and %s have the same bitkey (%s). A bitkey belongs to one vendor."
                            .formatted(known.vendor(), vendor, place));
        }
    }

    void add(Bitkey key) {
        byDigest.put(key.digest(), key);
    }

    boolean isEmpty() {
        return byDigest.isEmpty();
    }

    /** The vendors that have a key of fewer than 20 characters. A digest does not tell the length of its key. */
    Set<String> vendorsWithShortKeys() {
        return vendorsWithShortKeys;
    }

    Optional<Bitkey> find(BitkeyDigest digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }

    /** Adds keys of which none {@link #clashWith clashes}. */
    void addAll(Bitkeys keys) {
        byDigest.putAll(keys.byDigest);
        vendorsWithShortKeys.addAll(keys.vendorsWithShortKeys);
    }

    /** Whether another vendor has one of these keys. */
    boolean clashWith(Bitkeys others) {
        return byDigest.values().stream()
                .anyMatch(key -> others.find(key.digest())
                        .filter(same -> !same.vendor().equals(key.vendor()))
                        .isPresent());
    }

    /** Says why a part of the keys was not read. */
    void addFault(String fault) {
        faults.add(fault);
    }

    /** @throws ConfigurationException when a part of the keys was not read */
    void requireNoFault() {
        if (!faults.isEmpty()) {
            throw new ConfigurationException(String.join(" ", faults));
        }
    }
}
