package backoffice.bitkey;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.*;

import backoffice.bitkey.Bitkey.Digest;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api.md, section 2.3: the text of a key, and the keys of the configuration. */
class BitkeysTest {

    /** The SHA-256 digest of the key {@code secret}. */
    private static final String DIGEST = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    @Test
    void keys_are_compared_in_constant_time() {
        Set<String> comparison = new ClassFileImporter()
                .importClass(Digest.class).getMethod("equals", Object.class).getMethodCallsFromSelf().stream()
                        .map(JavaMethodCall::getTarget)
                        .map(target -> target.getOwner().getSimpleName() + "." + target.getName())
                        .collect(toSet());

        assertEquals(Set.of("MessageDigest.isEqual"), comparison);
        assertEquals(Digest.of("key"), Digest.of("key"));
        assertNotEquals(Digest.of("key"), Digest.of("kez"));
    }

    @RepeatedTest(10)
    void a_generated_key_has_a_prefix_that_scanners_can_find() {
        String key = Bitkey.generate();

        assertThat(key, matchesPattern("cgk_[0-9a-f]{64}"));
        assertNotEquals(key, Bitkey.generate());
    }

    /** The columns: a property after {@code backoffice.}, its value, and the vendor and its keys, if there are any. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bitkeys.acme      | old,new,甲         | acme      | old new 甲
            bitkeys.acme      | old, new , 甲      | acme      | old new 甲
            bitkeys.acme      | old,,new,甲,       | acme      | old new 甲
            bitkeys.acme      | old,old,new,甲     | acme      | old new 甲
            bitkeys.acme      | '%2$sold%2$snew,%2$s甲%2$s' | acme | old new 甲
            bitkeys.acme      | plain, sha256:%1$S | acme      | plain secret
            bitkeys.acme      | sha256:%1$s        | acme      | secret
            bitkeys.Acme      | key                | acme      | key
            bitkeys.acme-corp | key                | acme-corp | key
            bitkeys.acme.corp | key                | acme-corp | key
            bitkeys.ACME_CORP | key                | acme-corp | key
            bitkeys.0         | key                | 0         | key
            bitkeysx.acme     | key                |           |
            zone              | key                |           |
            bitkeys.acme      | ''                 |           |
            bitkeys.acme      | ,                  |           |
            bitkeys.acme      | ' , '              |           |
            """)
    void a_vendor_has_one_name_in_every_spelling_and_may_have_several_keys_and_digests_of_keys(
            String property, String setting, String vendor, String keys) {
        assertEquals(
                keys == null ? Map.of() : Stream.of(keys.split(" ")).collect(toMap(Digest::of, key -> vendor)),
                vendors(Map.of("backoffice." + property, setting.formatted(DIGEST, "\n")), Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sha256:           | key            | A bitkey in backoffice.bitkeys.acme is not sha256: and 64 hex.*
            sha256:abc        | key            | A bitkey in backoffice.bitkeys.acme is not sha256: and 64 hex.*
            sha256:zz%1$.62s  | key            | A bitkey in backoffice.bitkeys.acme is not sha256: and 64 hex.*
            sha256:%1$.62s    | key            | A bitkey in backoffice.bitkeys.acme is not sha256: and 64 hex.*
            sha256:%1$s00     | key            | A bitkey in backoffice.bitkeys.acme is not sha256: and 64 hex.*
            secret            | secret         | Vendors (?=.*acme )(?=.*zeta ).* have the same bitkey[.].*
            secret            | sha256:%1$s    | Vendors (?=.*acme )(?=.*zeta ).* have the same bitkey[.].*
            sha256:%1$s       | secret         | Vendors (?=.*acme )(?=.*zeta ).* have the same bitkey[.].*
            """)
    void a_malformed_digest_and_one_key_of_two_vendors_are_refused_without_showing_them(
            String ofAcme, String ofZeta, String message) {
        Map<String, String> settings = Map.of(
                "backoffice.bitkeys.acme", ofAcme.formatted(DIGEST),
                "backoffice.bitkeys.zeta", ofZeta.formatted(DIGEST));

        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> vendors(settings, Map.of()));

        assertThat(
                refusal.getMessage(),
                allOf(
                        matchesPattern(message),
                        not(containsString("secret")),
                        not(containsString(DIGEST.substring(0, 62)))));
        assertNull(refusal.getCause());
    }

    /** With its prefix, Kubernetes makes a variable of a key of a Secret as it is spelled. */
    @Test
    void the_environment_overrides_the_properties_for_the_same_vendor() {
        Map<Digest, String> vendors = vendors(
                Map.of(
                        "backoffice.bitkeys.acme", "replaced",
                        "backoffice.bitkeys.zeta", "replaced-too",
                        "backoffice.bitkeys.theta", "key-t",
                        "%other.backoffice.bitkeys.beta", "key-b"),
                Map.of(
                        "BACKOFFICE_BITKEYS_ACME", "key-a",
                        "BACKOFFICE_BITKEYS_ACME_CORP", "key-c,key-d",
                        "BACKOFFICE_BITKEYS_eta.Inc", "key-e",
                        "BACKOFFICE_BITKEYS_zeta", "key-z"));

        assertEquals(
                Map.of(
                        Digest.of("key-a"), "acme",
                        Digest.of("key-c"), "acme-corp",
                        Digest.of("key-d"), "acme-corp",
                        Digest.of("key-e"), "eta-inc",
                        Digest.of("key-t"), "theta",
                        Digest.of("key-z"), "zeta"),
                vendors);
    }

    /** The vendor of each key that is configured. */
    private static Map<Digest, String> vendors(Map<String, String> properties, Map<String, String> environment) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(
                        new PropertiesConfigSource(properties, "properties", 100),
                        new EnvConfigSource(environment, 300));
        return BitkeyRegistry.configured(config.build()).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, key -> key.getValue().vendor()));
    }
}
