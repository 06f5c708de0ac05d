package backoffice.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links lead to files and headings that exist, and pictures are there. */
class LinksTest {

    @Test
    void each_link_within_the_repository_leads_to_a_file_and_to_a_heading_that_it_has() {
        List<String> dead = Page.all().stream()
                .flatMap(page -> Stream.concat(page.links().stream(), page.pictures().stream())
                        .filter(link -> !link.matches("https?://.*"))
                        .filter(link -> !leadsSomewhere(page, link))
                        .map(link -> page.file() + ": " + link))
                .toList();

        assertEquals(List.of(), dead);
    }

    private static boolean leadsSomewhere(Page page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? page.file()
                : page.file().resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || hasTitle(target, parts[1]));
    }

    private static boolean hasTitle(Path target, String anchor) {
        return Page.of(target.toString()).titles().stream()
                .anyMatch(title -> title.anchor().equals(anchor));
    }
}
