package backoffice.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 2.3: the keys of mounted files. */
class MountedBitkeysTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private MountedBitkeys mounted;

    @BeforeEach
    void open() {
        mounted = new MountedBitkeys(directory);
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
        Files.writeString(directory.resolve(file), "key");

        assertEquals(Optional.of(vendor), vendorOf("key"));
    }

    @Test
    void a_vendor_may_have_both_files_while_one_replaces_the_other() throws IOException {
        Files.writeString(directory.resolve("BACKOFFICE_BITKEYS_ACME"), "old");
        Files.writeString(directory.resolve("acme"), "old,new");

        assertEquals(Optional.of("acme"), vendorOf("old"));
        assertEquals(Optional.of("acme"), vendorOf("new"));
    }

    @Test
    void a_secret_that_the_kubelet_has_replaced_is_read_once() throws IOException {
        // Given the files of a Secret, as the kubelet lays them out
        Files.writeString(Files.createDirectory(directory.resolve("..old")).resolve("acme"), "old");
        Files.writeString(Files.createDirectory(directory.resolve("..new")).resolve("acme"), "new");
        Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..old"));
        Files.createSymbolicLink(directory.resolve("acme"), Path.of("..data", "acme"));
        assertEquals(Optional.of("acme"), vendorOf("old"));

        // When the link points to the next version
        Files.delete(data);
        Files.createSymbolicLink(data, Path.of("..new"));

        // Then its keys alone are known
        assertEquals(Optional.of("acme"), vendorOf("new"));
        assertEquals(Optional.empty(), vendorOf("old"));
    }

    @Test
    void a_secret_that_does_not_exist_has_no_key() {
        // The kubelet mounts an empty directory for an optional Secret.
        assertTrue(mounted.read().isEmpty());
    }

    @Test
    void a_service_does_not_start_with_a_malformed_file() throws IOException {
        write("acme", "good, sha256:typo");
        Config config = new SmallRyeConfigBuilder().build();
        StoredBitkeys keys = new StoredBitkeys(null);
        Vertx vertx = Vertx.vertx();

        assertThrows(
                ConfigurationException.class,
                () -> new BitkeyRegistry(
                        config, Optional.of(directory), MINUTE, false, true, keys, new SimpleMeterRegistry(), vertx));

        vertx.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:typo", "good, sha256:typo"})
    void a_malformed_file_keeps_its_keys_and_the_others_are_read(String malformed) throws IOException {
        write("acme", "of-acme");
        write("zeta", "of-zeta,leaked");
        mounted.read();

        write("acme", malformed);
        write("zeta", "of-zeta,new-of-zeta");
        Bitkeys keys = mounted.read();

        assertEquals(Optional.of("acme"), vendorOf(keys, "of-acme"));
        assertEquals(Optional.empty(), vendorOf(keys, "good"));
        assertEquals(Optional.empty(), vendorOf(keys, "leaked"));
        assertEquals(Optional.of("zeta"), vendorOf(keys, "new-of-zeta"));
        String fault =
                assertThrows(ConfigurationException.class, keys::requireNoFault).getMessage();
        assertTrue(fault.contains(directory.resolve("acme").toString()), fault);
    }

    @Test
    void a_key_stays_with_its_vendor_when_the_file_of_another_one_takes_it() throws IOException {
        // Given a key of each vendor
        write("acme", "of-acme");
        write("zeta", "of-zeta");
        mounted.read();

        // When a file becomes malformed or goes on, and the other one takes its key
        for (String acme : List.of("sha256:typo", "of-acme,new-of-acme")) {
            write("acme", acme);
            write("zeta", "of-zeta,of-acme,new-of-zeta");
            Bitkeys keys = mounted.read();

            // Then the file of the other one counts as malformed, and keeps its keys alone
            assertEquals(Optional.of("acme"), vendorOf(keys, "of-acme"));
            assertEquals(Optional.of("zeta"), vendorOf(keys, "of-zeta"));
            assertEquals(Optional.empty(), vendorOf(keys, "new-of-zeta"));
            assertThrows(ConfigurationException.class, keys::requireNoFault);
        }

        // When its vendor gives the key up, then it moves with the next reading
        write("acme", "new-of-acme");
        mounted.read();
        Bitkeys keys = mounted.read();
        assertEquals(Optional.of("zeta"), vendorOf(keys, "of-acme"));
        keys.requireNoFault();
    }

    @Test
    void a_new_key_of_two_vendors_is_a_fault_and_belongs_to_one_of_them() throws IOException {
        write("acme", "new");
        write("BACKOFFICE_BITKEYS_ZETA", "of-zeta,new");

        Bitkeys keys = mounted.read();

        assertThrows(ConfigurationException.class, keys::requireNoFault);
        assertTrue(vendorOf(keys, "new").isPresent());
    }

    private void write(String file, String keys) throws IOException {
        Files.writeString(directory.resolve(file), keys);
    }

    private Optional<String> vendorOf(String key) {
        return vendorOf(mounted.read(), key);
    }

    private static Optional<String> vendorOf(Bitkeys keys, String key) {
        return keys.find(BitkeyDigest.of(key)).map(Bitkey::vendor);
    }
}
