package backoffice.vendor;

import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * The bitkeys of the configuration (docs/api.md, section 2.3). The setting is {@code
 * backoffice.bitkeys.<vendor>=<key>[,<key>…]}. Blanks around a key are removed, since no header has them.
 */
final class ConfiguredBitkeys {

    private static final String PREFIX = "backoffice.bitkeys.";

    /** The name of these keys in logs and traces. */
    private static final String NAME = "configured";

    private ConfiguredBitkeys() {}

    static Bitkeys read(Config config) {
        Bitkeys bitkeys = new Bitkeys();
        for (String property : config.getPropertyNames()) {
            if (property.startsWith(PREFIX)) {
                String vendor = BitkeyRegistry.vendorName(property.substring(PREFIX.length()));
                config.getOptionalValues(property, String.class).orElse(List.of()).stream()
                        .map(String::strip)
                        .filter(key -> !key.isEmpty())
                        .forEach(key -> bitkeys.add(vendor, NAME, key, PREFIX + vendor));
            }
        }
        return bitkeys;
    }
}
