package backoffice.persistence;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Await;
import backoffice.testsupport.Vendors;
import backoffice.value.Vendor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hibernate.query.spi.QueryInterpretationCache;
import org.hibernate.query.sqm.NodeBuilder;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** docs/adr/0012: what clients can make Hibernate translate and keep. */
@QuarkusTest
class TranslationsTest extends ApiTest {

    private static final Vendor OTHER = new Vendor("other");
    private static final Duration TIME = Duration.ofSeconds(10);

    /** More characters than Hibernate keeps translations of. */
    private static final int TOO_MANY_CHARACTERS = 700_000;

    @Inject
    Translations translations;

    @Inject
    Mutiny.SessionFactory factory;

    @Inject
    MeterRegistry meters;

    private final Api globex = Api.as(Vendors.GLOBEX);

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @Test
    void hibernate_forgets_its_translations_when_they_have_too_many_characters() {
        // Given
        search(1);
        search(2);
        assertThat(cache().getNumberOfCachedHqlInterpretations(), is(greaterThan(1)));
        assertThat(cache().getNumberOfCachedQueryPlans(), is(greaterThan(1)));

        // When
        execute("x".repeat(TOO_MANY_CHARACTERS), () -> Uni.createFrom().voidItem());

        // Then
        assertEquals(0, cache().getNumberOfCachedHqlInterpretations());
        assertEquals(0, cache().getNumberOfCachedQueryPlans());
        search(2);
        assertEquals(1, cache().getNumberOfCachedQueryPlans());
    }

    @Test
    void a_new_statement_waits_for_the_translation_of_another_vendor_and_a_known_one_does_not() throws Exception {
        // Given a statement that is being translated
        search(1);
        CountDownLatch translating = new CountDownLatch(1);
        CompletableFuture<Void> translated = new CompletableFuture<>();
        threads.execute(() -> execute("select " + System.nanoTime(), () -> {
            translating.countDown();
            return Uni.createFrom().item(translated.join());
        }));
        translating.await();

        // When another vendor sends a new form of a search, and a known one
        Future<?> newForm = threads.submit(() -> search(32));
        Await.until(TIME, () -> waiting() == 1, () -> waiting() + " statements wait");
        search(1);

        // Then the new one is answered after the translation
        assertFalse(newForm.isDone());
        translated.complete(null);
        newForm.get(TIME.toSeconds(), TimeUnit.SECONDS);
        assertThat(waiting(), is(lessThan(1.0)));
    }

    @Test
    void a_statement_that_cannot_be_translated_leaves_its_turn_to_the_next_one() {
        Supplier<Uni<Void>> failing = () -> {
            throw new IllegalStateException();
        };

        assertThrows(IllegalStateException.class, () -> execute("select " + System.nanoTime(), failing));
        search(31);
    }

    private void execute(String hql, Supplier<Uni<Void>> statement) {
        translations.execute(OTHER, hql, statement).await().atMost(TIME);
    }

    /** Sends a search whose form is that of its number of conditions. */
    private void search(int conditions) {
        List<String> querys = Collections.nCopies(conditions, "{\"name\":\"name\",\"op\":\">\",\"values\":[\"a\"]}");
        globex.post("/customer_groups/data", "{\"querys\":[" + String.join(",", querys) + "]}")
                .statusCode(200);
    }

    private double waiting() {
        Gauge gauge = meters.find("backoffice.bulkhead.waiting.calls")
                .tags("resource", "translations", "vendor", "globex")
                .gauge();
        return gauge == null ? 0 : gauge.value();
    }

    private QueryInterpretationCache cache() {
        return ((NodeBuilder) factory.getCriteriaBuilder()).getQueryEngine().getInterpretationCache();
    }
}
