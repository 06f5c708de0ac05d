package backoffice.persistence;

import backoffice.bulkhead.Bulkhead;
import backoffice.bulkhead.Limits;
import backoffice.value.Vendor;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.InjectableInstance;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.hibernate.query.sqm.NodeBuilder;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Bounds what Hibernate's translation of statements costs, because clients choose the forms of searches. Hibernate keeps the
 * translations of as many characters as fit into an eighth of the heap, and of at most 600,000. One statement is translated
 * at a time, and vendors take turns, because a translation keeps an event loop busy. See docs/adr/0012.
 */
@Singleton
class Translations {

    /** Measured: 30 bytes, for searches with 32 conditions. */
    private static final long BYTES_OF_CHARACTER = 40;

    /** Hibernate's own limit, a number of statements, is not reached by the shortest ones with so many characters. */
    private static final long MAX_CHARACTERS = 600_000;

    private final Vertx vertx;
    private final InjectableInstance<Mutiny.SessionFactory> factories;
    private final Bulkhead turns;
    private final Set<String> translated = ConcurrentHashMap.newKeySet();
    private long characters;

    Translations(
            DatabaseSettings settings,
            Vertx vertx,
            @Any InjectableInstance<Mutiny.SessionFactory> factories,
            MeterRegistry meters) {
        this.vertx = vertx;
        this.factories = factories;
        // A call that has waited for a connection before still starts before its timeout.
        Duration timeout = settings.callTimeout().minus(settings.acquireTimeout());
        this.turns = new Bulkhead(
                vertx,
                meters,
                "translations",
                new Limits(1, 1, settings.acquireQueueSize(), timeout),
                vendor -> new TimeoutException(
                        "vendor %s waits for translations longer than %s".formatted(vendor.name(), timeout)));
    }

    /**
     * Executes a statement of the vendor. When it is not translated yet, it waits for its turn.
     *
     * @param statement translates the HQL, if necessary, when it is subscribed to
     */
    <T> Uni<T> execute(Vendor vendor, String hql, Supplier<Uni<T>> statement) {
        return translated.contains(hql)
                ? statement.get()
                : Uni.createFrom()
                        .emitter(result -> turns.execute(
                                        vendor,
                                        1,
                                        turns.deadline(),
                                        () -> Uni.createFrom()
                                                .voidItem()
                                                .invoke(() -> {
                                                    makeRoom(hql);
                                                    statement.get().subscribe().with(result::complete, result::fail);
                                                })
                                                .call(this::pause))
                                .subscribe()
                                .with(started -> {}, result::fail));
    }

    /** Within its time, an event loop serves the calls that came in during a translation. */
    private Uni<Void> pause() {
        return Uni.createFrom().emitter(end -> vertx.setTimer(1, elapsed -> end.complete(null)));
    }

    private synchronized void makeRoom(String hql) {
        if (translated.contains(hql)) {
            return;
        }
        if (characters + hql.length() > maxCharacters()) {
            // Hibernate's cache goes on after it was closed.
            factories
                    .listActive()
                    .forEach(factory -> ((NodeBuilder) factory.getCriteriaBuilder())
                            .getQueryEngine()
                            .getInterpretationCache()
                            .close());
            translated.clear();
            characters = 0;
        }
        translated.add(hql);
        characters += hql.length();
    }

    private long maxCharacters() {
        long fit = Runtime.getRuntime().maxMemory() / 8 / BYTES_OF_CHARACTER;
        return Math.min(MAX_CHARACTERS, fit / factories.listActive().size());
    }
}
