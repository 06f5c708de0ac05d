package backoffice.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api.md, section 2.3: the keys of mounted files. */
class MountedBitkeysTest {

    @TempDir
    private Path directory;

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
    void a_key_of_two_vendors_is_refused() throws IOException {
        Files.writeString(directory.resolve("acme"), "key");
        Files.writeString(directory.resolve("BACKOFFICE_BITKEYS_ZETA"), "key");

        assertThrows(ConfigurationException.class, () -> MountedBitkeys.read(directory));
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
        assertEquals(Set.of("acme"), MountedBitkeys.read(directory).vendors());
        assertEquals(Optional.of("acme"), vendorOf("new"));
        assertEquals(Optional.empty(), vendorOf("old"));
    }

    @Test
    void a_secret_that_does_not_exist_has_no_key() {
        // The kubelet mounts an empty directory for an optional Secret.
        assertTrue(MountedBitkeys.read(directory).isEmpty());
    }

    private Optional<String> vendorOf(String key) {
        return MountedBitkeys.read(directory).find(BitkeyDigest.of(key)).map(Bitkey::vendor);
    }
}
