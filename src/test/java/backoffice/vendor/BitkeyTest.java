package backoffice.vendor;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 2.3: the text of a generated key, and the comparison of keys. */
class BitkeyTest {

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

    @RepeatedTest(100)
    void a_generated_key_has_a_prefix_that_scanners_can_find_and_is_not_mistyped() {
        String key = BitkeyText.generate();

        assertThat(key, matchesPattern("cgk_[0-9A-Za-z]{49}"));
        assertFalse(BitkeyText.isMistyped(key));
        assertNotEquals(key, BitkeyText.generate());
    }

    @Test
    void a_key_with_another_character_at_any_place_is_mistyped() {
        String key = BitkeyText.generate();

        for (int i = "cgk_".length(); i < key.length(); i++) {
            char other = key.charAt(i) == 'x' ? 'y' : 'x';
            assertTrue(BitkeyText.isMistyped(key.substring(0, i) + other + key.substring(i + 1)), key + " at " + i);
            assertTrue(BitkeyText.isMistyped(key.substring(0, i)), key + " up to " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "acme-key", "cgk", "CGK_x", "sha256:cgk_"})
    void a_key_of_another_form_is_not_mistyped(String key) {
        assertFalse(BitkeyText.isMistyped(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cgk_", "cgk_甲", "cgk_x y"})
    void a_text_that_only_begins_as_a_generated_key_is_mistyped(String key) {
        assertTrue(BitkeyText.isMistyped(key));
    }

    @Test
    void a_text_with_the_right_checksum_of_other_characters_is_mistyped() {
        assertTrue(BitkeyText.isMistyped("cgk_-------------------------------------------2wPxMF"));
    }
}
