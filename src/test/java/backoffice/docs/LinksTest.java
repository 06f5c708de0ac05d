package backoffice.docs;

import static java.util.function.Predicate.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links within the docs lead to files and headings that are there. */
class LinksTest {

    /** Pages that the host of the repository makes. */
    private static final String OF_THE_HOST = "\\.\\./\\.\\./(actions|releases).*";

    @Test
    void each_link_leads_to_a_file_and_a_heading_that_are_there() {
        List<String> dead = Page.all().stream()
                .flatMap(page -> page.links().stream()
                        .filter(link -> !link.matches("[a-z]+:.*") && !link.matches(OF_THE_HOST))
                        .filter(link -> !isThere(page, link))
                        .map(link -> page.file() + ": " + link))
                .toList();

        assertEquals(List.of(), dead);
    }

    @Test
    void each_of_twenty_questions_leads_to_the_section_that_answers_it() {
        Page index = Page.of("docs/README.md");

        assertEquals(1 + 20, index.tables().get(0).size());
        assertEquals(
                List.of(),
                index.links().stream()
                        .limit(20)
                        .filter(not(link -> link.contains(".md#")))
                        .toList());
    }

    private static boolean isThere(Page page, String link) {
        String[] parts = link.split("#");
        Path file = Translation.target(page, link);
        return Files.exists(file)
                && (parts.length == 1 || Page.of(file.toString()).anchors().contains(parts[1]));
    }
}
