package backoffice.persistence;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.query.sqm.NodeBuilder;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Bounds what Hibernate keeps of translated statements, because clients choose the forms of searches. Hibernate keeps the
 * translations of as many characters as fit into an eighth of the heap, and of at most 600,000. See docs/adr/0012.
 */
@Singleton
class TranslationCache {

    /** Measured: 30 bytes, for searches with 32 conditions. */
    private static final long BYTES_OF_CHARACTER = 40;

    /** Hibernate's own limit, a number of statements, is not reached by the shortest ones with so many characters. */
    private final long maxCharacters = Math.min(600_000, Runtime.getRuntime().maxMemory() / 8 / BYTES_OF_CHARACTER);

    private final Instance<Mutiny.SessionFactory> factory;
    private final Set<String> translated = ConcurrentHashMap.newKeySet();
    private long characters;

    TranslationCache(Instance<Mutiny.SessionFactory> factory) {
        this.factory = factory;
    }

    boolean contains(String hql) {
        return translated.contains(hql);
    }

    /** Adds a statement that is about to be translated. Hibernate forgets all others when it does not fit beside them. */
    void add(String hql) {
        // Nearly every call finds its statement, so it does not wait for the others.
        if (!contains(hql)) {
            addNew(hql);
        }
    }

    private synchronized void addNew(String hql) {
        if (contains(hql)) {
            return;
        }
        if (characters + hql.length() > maxCharacters) {
            // Hibernate's cache goes on after it was closed.
            ((NodeBuilder) factory.get().getCriteriaBuilder())
                    .getQueryEngine()
                    .getInterpretationCache()
                    .close();
            translated.clear();
            characters = 0;
        }
        translated.add(hql);
        characters += hql.length();
    }
}
