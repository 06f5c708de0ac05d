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
 * The keys that open the API (contract, section 2), from {@code backoffice.bitkeys.<vendor>=<key>[,<key>…]}. A key is
 * given as it is, or as {@code sha256:} and the hexadecimal digest of it; only digests are kept. Blanks around a key
 * are no part of it, since no header can carry them. In a vendor's name upper case is lower case, and {@code .} and
 * {@code _} are {@code -}, since the name of an environment variable cannot tell them apart.
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
     * @throws ConfigurationException when there is no key: a service that nobody may call is a mistake, and better
     *     noticed at once
     */
    void requireOne(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (bitkeys.isEmpty()) {
            throw new ConfigurationException("No bitkey is configured, so nobody could call the API. "
                    + "Set BACKOFFICE_BITKEYS_<VENDOR>=<key> in the environment (or backoffice.bitkeys.<vendor>=<key>), "
                    + "for example BACKOFFICE_BITKEYS_ACME=$(openssl rand -hex 32).");
        }
    }

    /** A vendor as it is written in the database. */
    public static String vendorName(String spelling) {
        return spelling.toLowerCase(Locale.ROOT).replaceAll("[._]", "-");
    }

    /**
     * The vendor that is meant, as it is written in the database.
     *
     * @throws ConfigurationException when it has no key: nobody could see what was done on its behalf
     */
    public String vendor(String spelling) {
        String vendor = vendorName(spelling);
        SortedSet<String> vendors = bitkeys.stream().map(Bitkey::vendor).collect(toCollection(TreeSet::new));
        if (!vendors.contains(vendor)) {
            throw new ConfigurationException("Vendor %s has no bitkey here. Vendors that have one: %s."
                    .formatted(vendor, String.join(", ", vendors)));
        }
        return vendor;
    }

    /** The vendor that a key belongs to. All keys are compared, each in constant time, whichever it is. */
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
            // Told below, without the key.
        }
        throw new ConfigurationException("A bitkey of vendor %s (%s%s) is not %s and 64 hexadecimal digits."
                .formatted(vendor, PREFIX, vendor, DIGEST_PREFIX));
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
