package backoffice.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.envelope.UnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 2.3: the keys of mounted files. */
class MountedBitkeysTest {

    private final MeterRegistry meters = new SimpleMeterRegistry();

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

        assertThrows(ConfigurationException.class, this::mounted);
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
        assertTrue(mounted().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:typo", "good, sha256:typo"})
    void a_service_does_not_start_with_a_malformed_file(String keys) throws IOException {
        write("acme", keys);

        assertThrows(ConfigurationException.class, this::mounted);
    }

    @Test
    void a_key_stays_with_its_vendor_when_the_file_of_another_one_takes_it() throws IOException {
        // Given a key of each vendor
        write("acme", "of-acme");
        write("zeta", "of-zeta");
        MountedBitkeys mounted = mounted();

        // When one file takes the key of the other, and the other goes on
        write("zeta", "of-zeta,of-acme,new-of-zeta");
        write("acme", "of-acme,new-of-acme");
        mounted.readAgain();

        // Then its file counts as malformed, and keeps its keys alone
        assertEquals(Optional.of("acme"), vendorOf(mounted, "of-acme"));
        assertEquals(Optional.of("acme"), vendorOf(mounted, "new-of-acme"));
        assertEquals(Optional.of("zeta"), vendorOf(mounted, "of-zeta"));
        assertEquals(Optional.empty(), vendorOf(mounted, "new-of-zeta"));
        assertTrue(mounted.isUnreadable());

        // When the other file gives the key up
        write("acme", "new-of-acme");
        mounted.readAgain();

        // Then it moves
        assertEquals(Optional.of("zeta"), vendorOf(mounted, "of-acme"));
        assertFalse(mounted.isUnreadable());
    }

    @Test
    void a_new_key_of_two_vendors_is_one_of_neither() throws IOException {
        write("acme", "of-acme");
        MountedBitkeys mounted = mounted();

        write("acme", "of-acme,new");
        write("zeta", "new");
        mounted.readAgain();

        assertEquals(Optional.empty(), vendorOf(mounted, "new"));
        assertEquals(Optional.of("acme"), vendorOf(mounted, "of-acme"));
    }

    @Test
    void a_key_that_a_malformed_file_of_before_has_is_not_moved() throws IOException {
        write("acme", "of-acme");
        write("zeta", "of-zeta");
        MountedBitkeys mounted = mounted();

        write("acme", "sha256:typo");
        write("zeta", "of-acme");
        mounted.readAgain();

        assertEquals(Optional.of("acme"), vendorOf(mounted, "of-acme"));
        assertEquals(Optional.of("zeta"), vendorOf(mounted, "of-zeta"));
    }

    @Test
    void an_age_is_in_the_metrics_while_its_file_exists() throws IOException {
        write("acme", "of-acme");
        MountedBitkeys mounted = mounted();
        assertEquals(Set.of(directory, directory.resolve("acme")), measured());

        Files.delete(directory.resolve("acme"));
        mounted.readAgain();

        assertEquals(Set.of(directory), measured());
    }

    @Test
    void beyond_the_bound_all_keys_are_refused_where_the_operator_wants_that() throws IOException {
        write("acme", "of-acme");
        write("zeta", "of-zeta");
        BitkeySource listing = new BitkeySource(directory.toString(), Duration.ZERO, true, meters);
        MountedBitkeys mounted = new MountedBitkeys(directory, listing);
        assertEquals(Optional.of("acme"), vendorOf(mounted, "of-acme"));

        write("acme", "sha256:typo");
        mounted.readAgain();

        assertThrows(UnavailableException.class, () -> vendorOf(mounted, "of-acme"));
        assertEquals(Optional.of("zeta"), vendorOf(mounted, "of-zeta"));

        listing.report(new IOException("gone"));
        assertThrows(UnavailableException.class, () -> vendorOf(mounted, "of-zeta"));
    }

    private MountedBitkeys mounted() {
        return new MountedBitkeys(
                directory, new BitkeySource(directory.toString(), Duration.ofMinutes(1), false, meters));
    }

    private void write(String file, String keys) throws IOException {
        Files.writeString(directory.resolve(file), keys);
    }

    private Set<Path> measured() {
        return meters.getMeters().stream()
                .map(gauge -> Path.of(gauge.getId().getTag("source")))
                .collect(Collectors.toSet());
    }

    private Optional<String> vendorOf(String key) {
        return vendorOf(mounted(), key);
    }

    private static Optional<String> vendorOf(MountedBitkeys mounted, String key) {
        return mounted.find(BitkeyDigest.of(key)).map(Bitkey::vendor);
    }
}
