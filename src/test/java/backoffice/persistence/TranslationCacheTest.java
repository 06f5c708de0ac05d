package backoffice.persistence;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import org.hibernate.query.spi.QueryInterpretationCache;
import org.hibernate.query.sqm.NodeBuilder;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

/** docs/adr/0012: what clients can make Hibernate translate and keep. */
@QuarkusTest
class TranslationCacheTest extends ApiTest {

    /** More characters than Hibernate keeps translations of. */
    private static final int TOO_MANY_CHARACTERS = 700_000;

    @Inject
    TranslationCache translations;

    @Inject
    Mutiny.SessionFactory factory;

    @Test
    void hibernate_forgets_its_translations_when_they_have_too_many_characters() {
        // Given
        search(1);
        search(2);
        assertThat(cache().getNumberOfCachedHqlInterpretations(), is(greaterThan(1)));
        assertThat(cache().getNumberOfCachedQueryPlans(), is(greaterThan(1)));

        // When
        translations.add("x".repeat(TOO_MANY_CHARACTERS));

        // Then
        assertEquals(0, cache().getNumberOfCachedHqlInterpretations());
        assertEquals(0, cache().getNumberOfCachedQueryPlans());
        search(2);
        assertEquals(1, cache().getNumberOfCachedQueryPlans());
    }

    /** Sends a search whose form is that of its number of conditions. */
    private void search(int conditions) {
        List<String> querys = Collections.nCopies(conditions, "{\"name\":\"name\",\"op\":\">\",\"values\":[\"a\"]}");
        api.post("/customer_groups/data", "{\"querys\":[" + String.join(",", querys) + "]}")
                .statusCode(200);
    }

    private QueryInterpretationCache cache() {
        return ((NodeBuilder) factory.getCriteriaBuilder()).getQueryEngine().getInterpretationCache();
    }
}
