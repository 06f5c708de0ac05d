package backoffice.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A README is short. Details have pages of their own under docs/. */
class ReadmeTest {

    private static final int MOST_LINES = 150;
    private static final int MOST_CHARACTERS = 120;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh.md"})
    void a_readme_has_few_lines_and_no_long_one(String readme) {
        List<String> lines = Page.of(readme).text().lines().toList();

        assertTrue(lines.size() <= MOST_LINES, lines.size() + " lines");
        assertEquals(
                List.of(),
                lines.stream().filter(line -> line.length() > MOST_CHARACTERS).toList());
    }
}
