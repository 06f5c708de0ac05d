package backoffice.vendor;

import static java.util.stream.Collectors.toCollection;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/**
 * The configured bitkeys of all vendors (docs/api.md, section 2.3). The setting is {@code
 * backoffice.bitkeys.<vendor>=<key>[,<key>…]}. A key is configured as it is, or as {@code sha256:} and its digest in 64
 * hexadecimal digits. The service keeps only digests. Blanks around a key are removed, since no header has them.
 */
@Singleton
public class BitkeyRegistry {

    private static final String PREFIX = "backoffice.bitkeys.";
    private static final String DIGEST_PREFIX = "sha256:";

    private record Bitkey(String vendor, byte[] digest) {}

    private final List<Bitkey> bitkeys = new ArrayList<>();

    BitkeyRegistry(Config config) {
        for (String property : config.getPropertyNames()) {
            if (property.startsWith(PREFIX)) {
                String vendor = vendorName(property.substring(PREFIX.length()));
                config.getOptionalValues(property, String.class).orElse(List.of()).stream()
                        .map(String::strip)
                        .filter(key -> !key.isEmpty())
                        .forEach(key -> add(vendor, key));
            }
        }
    }

    /**
     * Checks at the start that a bitkey is configured, because without one no client can call the API.
     *
     * @throws ConfigurationException when there is none
     */
    void requireOne(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (bitkeys.isEmpty()) {
            throw new ConfigurationException("No bitkey is configured, so no client can call the API. "
                    + "Set BACKOFFICE_BITKEYS_<VENDOR>=<key> in the environment "
                    + "(or backoffice.bitkeys.<vendor>=<key>), "
                    + "for example BACKOFFICE_BITKEYS_ACME=$(openssl rand -hex 32).");
        }
    }

    /**
     * Normalizes the name of a vendor to its form in the database: lower case, with {@code -} for {@code .} and
     * {@code _}. The name of an environment variable cannot tell these apart.
     */
    public static String vendorName(String spelling) {
        return spelling.toLowerCase(Locale.ROOT).replaceAll("[._]", "-");
    }

    /**
     * Checks that a vendor has a bitkey, because without one no client can read the data of the vendor.
     *
     * @return the normalized name of the vendor, as {@link #vendorName} describes
     * @throws ConfigurationException when the vendor has no bitkey
     */
    public String vendor(String spelling) {
        String vendor = vendorName(spelling);
        SortedSet<String> vendors = bitkeys.stream().map(Bitkey::vendor).collect(toCollection(TreeSet::new));
        if (!vendors.contains(vendor)) {
            throw new ConfigurationException("Vendor %s has no bitkey. Vendors with a bitkey: %s."
                    .formatted(vendor, String.join(", ", vendors)));
        }
        return vendor;
    }

    /**
     * The vendor of a key; empty for an unknown key. The key is compared with every configured key, each time in
     * constant time, so the duration reveals nothing about the configured keys.
     */
    Optional<String> vendorOf(String key) {
        byte[] digest = sha256(key);
        String vendor = null;
        for (Bitkey bitkey : bitkeys) {
            if (MessageDigest.isEqual(bitkey.digest, digest)) {
                vendor = bitkey.vendor;
            }
        }
        return Optional.ofNullable(vendor);
    }

    private void add(String vendor, String key) {
        byte[] digest = key.startsWith(DIGEST_PREFIX) ? digest(vendor, key) : sha256(key);
        for (Bitkey other : bitkeys) {
            if (MessageDigest.isEqual(other.digest, digest) && !other.vendor.equals(vendor)) {
                throw new ConfigurationException(
                        "Vendors %s and %s have the same bitkey (%s<vendor>). A bitkey belongs to one vendor."
                                .formatted(other.vendor, vendor, PREFIX));
            }
        }
        bitkeys.add(new Bitkey(vendor, digest));
    }

    private static byte[] digest(String vendor, String key) {
        try {
            byte[] digest = HexFormat.of().parseHex(key.substring(DIGEST_PREFIX.length()));
            if (digest.length == sha256("").length) {
                return digest;
            }
        } catch (IllegalArgumentException notHexadecimal) {
            // The exception below has no cause, because the cause may quote the configured digest.
        }
        throw new ConfigurationException("A bitkey of vendor %s (%s%s) is not %s and 64 hexadecimal digits."
                .formatted(vendor, PREFIX, vendor, DIGEST_PREFIX));
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM does not support SHA-256", e);
        }
    }
}
