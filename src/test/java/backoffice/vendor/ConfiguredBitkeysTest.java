package backoffice.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 2.3: the keys of the configuration. */
class ConfiguredBitkeysTest {

    /** The SHA-256 digest of the key {@code secret}. */
    private static final String DIGEST = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    @Test
    void a_key_belongs_to_its_vendor_alone() {
        Bitkeys bitkeys = bitkeys(Map.of("backoffice.bitkeys.acme", "key-a", "backoffice.bitkeys.zeta", "key-z"));

        assertEquals(Optional.of("acme"), vendorOf(bitkeys, "key-a"));
        assertEquals(Optional.of("zeta"), vendorOf(bitkeys, "key-z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "key", "key-aa", "KEY-A", " key-a", "key-a,key-b", "acme", "甲"})
    void any_other_key_is_unknown(String key) {
        Bitkeys bitkeys = bitkeys(Map.of("backoffice.bitkeys.acme", "key-a,key-b"));

        assertEquals(Optional.empty(), vendorOf(bitkeys, key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"old,new,甲", "old, new , 甲", "old,,new,甲,", "old,old,new,甲"})
    void a_vendor_may_have_several_keys(String keys) {
        Bitkeys bitkeys = bitkeys(Map.of("backoffice.bitkeys.acme", keys));

        assertEquals(Optional.of("acme"), vendorOf(bitkeys, "old"));
        assertEquals(Optional.of("acme"), vendorOf(bitkeys, "new"));
        assertEquals(Optional.of("acme"), vendorOf(bitkeys, "甲"));
    }

    @Test
    void a_key_may_be_given_as_its_digest_in_either_letter_case() {
        String upper = DIGEST.toUpperCase(Locale.ROOT);

        assertEquals(
                Optional.of("acme"),
                vendorOf(bitkeys(Map.of("backoffice.bitkeys.acme", "sha256:" + DIGEST)), "secret"));
        assertEquals(
                Optional.of("acme"),
                vendorOf(bitkeys(Map.of("backoffice.bitkeys.acme", "plain, sha256:" + upper)), "secret"));
    }

    @Test
    void a_digest_is_not_accepted_as_a_key() {
        Bitkeys bitkeys = bitkeys(Map.of("backoffice.bitkeys.acme", "sha256:" + DIGEST));

        assertEquals(Optional.empty(), vendorOf(bitkeys, "sha256:" + DIGEST));
        assertEquals(Optional.empty(), vendorOf(bitkeys, DIGEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "zzz80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",
                "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a2",
                "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b00"
            })
    void a_malformed_digest_is_refused_without_showing_it(String digest) {
        ConfigurationException refusal = assertThrows(
                ConfigurationException.class, () -> bitkeys(Map.of("backoffice.bitkeys.acme", "sha256:" + digest)));

        assertEquals(
                "A bitkey of vendor acme (backoffice.bitkeys.acme) is not sha256: and 64 hexadecimal digits.",
                refusal.getMessage());
        assertNull(refusal.getCause());
    }

    @ParameterizedTest
    @CsvSource({"secret, secret", "secret, sha256:" + DIGEST, "sha256:" + DIGEST + ", secret"})
    void one_key_for_two_vendors_is_refused_without_showing_it(String ofAcme, String ofZeta) {
        ConfigurationException refusal = assertThrows(
                ConfigurationException.class,
                () -> bitkeys(Map.of("backoffice.bitkeys.acme", ofAcme, "backoffice.bitkeys.zeta", ofZeta)));

        assertTrue(refusal.getMessage().contains("acme"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("zeta"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("secret"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains(DIGEST), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "backoffice.bitkeys.acme, acme",
        "backoffice.bitkeys.Acme, acme",
        "backoffice.bitkeys.acme-corp, acme-corp",
        "backoffice.bitkeys.acme.corp, acme-corp",
        "backoffice.bitkeys.ACME_CORP, acme-corp",
        "backoffice.bitkeys.0, 0"
    })
    void a_vendor_has_one_name_in_every_spelling_of_its_property(String property, String vendor) {
        assertEquals(Optional.of(vendor), vendorOf(bitkeys(Map.of(property, "key")), "key"));
    }

    @Test
    void a_vendor_may_be_configured_in_the_environment() {
        Bitkeys bitkeys = Bitkeys.of(config(
                Map.of("backoffice.bitkeys.zeta", "key-z"),
                Map.of("BACKOFFICE_BITKEYS_ACME", "key-a", "BACKOFFICE_BITKEYS_ACME_CORP", "key-c,key-d")));

        assertEquals(Optional.of("acme"), vendorOf(bitkeys, "key-a"));
        assertEquals(Optional.of("acme-corp"), vendorOf(bitkeys, "key-d"));
        assertEquals(Optional.of("zeta"), vendorOf(bitkeys, "key-z"));
    }

    @Test
    void the_environment_overrides_the_properties_for_the_same_vendor() {
        Bitkeys bitkeys = Bitkeys.of(
                config(Map.of("backoffice.bitkeys.acme", "replaced"), Map.of("BACKOFFICE_BITKEYS_ACME", "key-a")));

        assertEquals(Optional.of("acme"), vendorOf(bitkeys, "key-a"));
        assertEquals(Optional.empty(), vendorOf(bitkeys, "replaced"));
    }

    @ParameterizedTest
    @CsvSource({
        "backoffice.bitkeysx.acme, key",
        "backoffice.zone, key",
        "%other.backoffice.bitkeys.acme, key",
        "backoffice.bitkeys.acme, ''",
        "backoffice.bitkeys.acme, ','",
        "backoffice.bitkeys.acme, ' '",
        "backoffice.bitkeys.acme, ' , '"
    })
    void a_setting_without_a_key_configures_none(String property, String value) {
        assertTrue(bitkeys(Map.of(property, value)).isEmpty());
    }

    private static Bitkeys bitkeys(Map<String, String> properties) {
        return Bitkeys.of(config(properties, Map.of()));
    }

    private static Optional<String> vendorOf(Bitkeys bitkeys, String key) {
        return bitkeys.find(BitkeyDigest.of(key)).map(Bitkey::vendor);
    }

    private static Config config(Map<String, String> properties, Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(
                        new PropertiesConfigSource(properties, "properties", 100),
                        new EnvConfigSource(environment, 300))
                .build();
    }
}
