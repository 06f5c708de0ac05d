package backoffice.vendor;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The comparison of keys. */
class BitkeyDigestTest {

    @Test
    void keys_are_compared_in_constant_time() {
        Set<String> comparison = new ClassFileImporter()
                .importClass(BitkeyDigest.class).getMethod("equals", Object.class).getMethodCallsFromSelf().stream()
                        .map(JavaMethodCall::getTarget)
                        .map(target -> target.getOwner().getSimpleName() + "." + target.getName())
                        .collect(toSet());

        assertEquals(Set.of("MessageDigest.isEqual"), comparison);
        assertEquals(BitkeyDigest.of("key"), BitkeyDigest.of("key"));
        assertNotEquals(BitkeyDigest.of("key"), BitkeyDigest.of("kez"));
    }
}
