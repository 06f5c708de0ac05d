package backoffice.vendor;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.envelope.UnavailableException;
import backoffice.vendor.Bitkey.Digest;
import backoffice.vendor.BitkeySource.Reading;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api.md, section 2.3: the text of a key, the keys of the configuration and of files, and their age. */
class BitkeysTest {

    /** The SHA-256 digest of the key {@code secret}. */
    private static final String DIGEST = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    @TempDir
    private Path directory;

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
    void a_generated_key_has_a_prefix_that_scanners_can_find_and_another_character_anywhere_is_mistyped() {
        String key = Bitkey.generate();

        assertThat(key, matchesPattern("cgk_[0-9a-f]{72}"));
        assertFalse(Bitkey.isMistyped(key));
        assertNotEquals(key, Bitkey.generate());
        for (int i = "cgk_".length(); i < key.length(); i++) {
            char other = key.charAt(i) == 'a' ? 'b' : 'a';
            assertTrue(Bitkey.isMistyped(key.substring(0, i) + other + key.substring(i + 1)), key + " at " + i);
            assertTrue(Bitkey.isMistyped(key.substring(0, i)), key + " up to " + i);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                                           | false
            acme-key                                                                     | false
            cgk                                                                          | false
            CGK_x                                                                        | false
            sha256:cgk_                                                                  | false
            cgk_                                                                         | true
            cgk_甲                                                                       | true
            cgk_x y                                                                      | true
            # The right checksum of other characters
            cgk_----------------------------------------------------------------09db13de | true
            """)
    void a_text_that_only_begins_as_a_generated_key_is_mistyped(String text, boolean isMistyped) {
        assertEquals(isMistyped, Bitkey.isMistyped(text));
    }

    /** The columns: a property after {@code backoffice.}, its value, and the vendor and its keys, if there are any. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bitkeys.acme      | old,new,甲         | acme      | old new 甲
            bitkeys.acme      | old, new , 甲      | acme      | old new 甲
            bitkeys.acme      | old,,new,甲,       | acme      | old new 甲
            bitkeys.acme      | old,old,new,甲     | acme      | old new 甲
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
        Map<Digest, Bitkey> bitkeys = bitkeys(Map.of("backoffice." + property, setting.formatted(DIGEST)), Map.of());

        assertEquals(
                keys == null ? Map.of() : Stream.of(keys.split(" ")).collect(toMap(Digest::of, key -> vendor)),
                bitkeys.entrySet().stream()
                        .collect(toMap(Map.Entry::getKey, key -> key.getValue().vendor())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sha256:           | key            | .* vendor acme .backoffice.bitkeys.acme. is not sha256: and 64 hex.*
            sha256:abc        | key            | .* vendor acme .backoffice.bitkeys.acme. is not sha256: and 64 hex.*
            sha256:zz%1$.62s  | key            | .* vendor acme .backoffice.bitkeys.acme. is not sha256: and 64 hex.*
            sha256:%1$.62s    | key            | .* vendor acme .backoffice.bitkeys.acme. is not sha256: and 64 hex.*
            sha256:%1$s00     | key            | .* vendor acme .backoffice.bitkeys.acme. is not sha256: and 64 hex.*
            secret            | secret         | Vendors (?=.*acme )(?=.*zeta ).* have the same bitkey .*
            secret            | sha256:%1$s    | Vendors (?=.*acme )(?=.*zeta ).* have the same bitkey .*
            sha256:%1$s       | secret         | Vendors (?=.*acme )(?=.*zeta ).* have the same bitkey .*
            """)
    void a_malformed_digest_and_one_key_of_two_vendors_are_refused_without_showing_them(
            String ofAcme, String ofZeta, String message) {
        Map<String, String> settings = Map.of(
                "backoffice.bitkeys.acme", ofAcme.formatted(DIGEST),
                "backoffice.bitkeys.zeta", ofZeta.formatted(DIGEST));

        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> bitkeys(settings, Map.of()));

        assertThat(
                refusal.getMessage(),
                allOf(
                        matchesPattern(message),
                        not(containsString("secret")),
                        not(containsString(DIGEST.substring(0, 62)))));
        assertNull(refusal.getCause());
    }

    @Test
    void the_environment_overrides_the_properties_for_the_same_vendor() {
        Map<Digest, Bitkey> bitkeys = bitkeys(
                Map.of(
                        "backoffice.bitkeys.acme", "replaced",
                        "backoffice.bitkeys.zeta", "key-z",
                        "%other.backoffice.bitkeys.beta", "key-b"),
                Map.of("BACKOFFICE_BITKEYS_ACME", "key-a", "BACKOFFICE_BITKEYS_ACME_CORP", "key-c,key-d"));

        assertEquals(Optional.of("acme"), vendorOf(bitkeys, "key-a"));
        assertEquals(Optional.of("acme-corp"), vendorOf(bitkeys, "key-d"));
        assertEquals(Optional.of("zeta"), vendorOf(bitkeys, "key-z"));
        assertEquals(Optional.empty(), vendorOf(bitkeys, "replaced"));
        assertEquals(Optional.empty(), vendorOf(bitkeys, "key-b"));
    }

    @ParameterizedTest
    @CsvSource({
        "acme, acme",
        "acme-corp, acme-corp",
        "ACME_Corp, acme-corp",
        "BACKOFFICE_BITKEYS_ACME, acme",
        "BACKOFFICE_BITKEYS_ACME_CORP, acme-corp",
        "backoffice.bitkeys.acme, acme"
    })
    void a_file_is_named_by_the_vendor_or_by_its_environment_variable(String file, String vendor) throws IOException {
        write(file, "key");

        assertEquals(
                Optional.of(vendor),
                vendorOf(new MountedBitkeys(directory).read().keys(), "key"));
    }

    @Test
    void a_secret_that_the_kubelet_has_replaced_is_read_once() throws IOException {
        // Given the files of a Secret, as the kubelet lays them out
        MountedBitkeys mounted = new MountedBitkeys(directory);
        Files.writeString(Files.createDirectory(directory.resolve("..old")).resolve("acme"), "old");
        Files.writeString(Files.createDirectory(directory.resolve("..new")).resolve("acme"), "new");
        Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..old"));
        Files.createSymbolicLink(directory.resolve("acme"), Path.of("..data", "acme"));
        assertEquals(Optional.of("acme"), vendorOf(mounted.read().keys(), "old"));

        // When the link points to the next version
        Files.delete(data);
        Files.createSymbolicLink(data, Path.of("..new"));

        // Then its keys alone are known
        assertEquals(Optional.of("acme"), vendorOf(mounted.read().keys(), "new"));
        assertEquals(Optional.empty(), vendorOf(mounted.read().keys(), "old"));
    }

    @Test
    void a_key_stays_with_its_vendor_when_the_file_of_another_one_takes_it() throws IOException {
        // Given a key of each vendor, and two files of one vendor while one replaces the other
        MountedBitkeys mounted = new MountedBitkeys(directory);
        write("BACKOFFICE_BITKEYS_ACME", "of-acme");
        write("acme", "of-acme");
        write("zeta", "of-zeta");
        assertEquals(List.of(), mounted.read().faults());
        Files.delete(directory.resolve("BACKOFFICE_BITKEYS_ACME"));

        // When a file becomes malformed or goes on, and the other one takes its key
        for (String acme : List.of("sha256:typo", "of-acme,new-of-acme")) {
            write("acme", acme);
            write("zeta", "of-zeta,of-acme,new-of-zeta");
            Reading keys = mounted.read();

            // Then the file of the other one counts as malformed, and keeps its keys alone
            assertEquals(Optional.of("acme"), vendorOf(keys.keys(), "of-acme"));
            assertEquals(Optional.of("zeta"), vendorOf(keys.keys(), "of-zeta"));
            assertEquals(Optional.empty(), vendorOf(keys.keys(), "new-of-zeta"));
            assertNotEquals(List.of(), keys.faults());
        }

        // When its vendor gives the key up, then it moves with the next reading
        write("acme", "new-of-acme");
        mounted.read();
        Reading keys = mounted.read();
        assertEquals(Optional.of("zeta"), vendorOf(keys.keys(), "of-acme"));
        assertEquals(List.of(), keys.faults());

        // When both get a new key, then that is a fault, and the key belongs to one of them
        write("acme", "new");
        write("zeta", "of-zeta,new");
        keys = mounted.read();
        assertNotEquals(List.of(), keys.faults());
        assertTrue(vendorOf(keys.keys(), "new").isPresent());
    }

    @ParameterizedTest
    @CsvSource({"true, PT0S, true", "true, PT1M, false", "false, PT0S, false"})
    void beyond_the_bound_all_keys_are_refused_where_the_operator_wants_that(
            boolean failClosed, Duration maxAge, boolean isRefused) {
        // Given a source, a part of which cannot be read
        Reading keys = new Reading(
                bitkeys(Map.of("backoffice.bitkeys.acme", "key"), Map.of()), List.of("a file is malformed"));
        BitkeySource faulty = new BitkeySource(
                "files", () -> Uni.createFrom().item(keys), maxAge, failClosed, new SimpleMeterRegistry());
        Vertx vertx = Vertx.vertx();
        faulty.readInTime(vertx).await().indefinitely();
        vertx.close();

        // Then its keys are known, up to the bound
        assertTrue(faulty.isUnreadable());
        if (isRefused) {
            assertThrows(UnavailableException.class, () -> faulty.find(Digest.of("key")));
        } else {
            assertTrue(faulty.find(Digest.of("key")).isPresent());
        }
    }

    private void write(String file, String keys) throws IOException {
        Files.writeString(directory.resolve(file), keys);
    }

    private static Optional<String> vendorOf(Map<Digest, Bitkey> keys, String key) {
        return Optional.ofNullable(keys.get(Digest.of(key))).map(Bitkey::vendor);
    }

    private static Map<Digest, Bitkey> bitkeys(Map<String, String> properties, Map<String, String> environment) {
        return BitkeyRegistry.configured(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(
                        new PropertiesConfigSource(properties, "properties", 100),
                        new EnvConfigSource(environment, 300))
                .build());
    }
}
