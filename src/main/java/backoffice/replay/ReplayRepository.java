package backoffice.replay;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The remembered answers, for 24 hours each. All its statements are of the transaction that the change is of. */
@Singleton
class ReplayRepository {

    private static final String TRY_LOCK = """
            select pg_try_advisory_xact_lock(hashtextextended(:request, 0))
            """;
    private static final String FIND = """
            select fingerprint, answer from replay
            where vendor = :vendor and request_id = :request and created_at > now() - interval '24 hours'
            """;
    private static final String REMEMBER = """
            insert into replay (vendor, request_id, fingerprint, answer)
            values (:vendor, :request, :fingerprint, :answer)
            """;

    // Whoever remembers also forgets a little: no job is needed that would have to be awake.
    private static final String FORGET = """
            delete from replay
            where vendor = :vendor and created_at <= now() - interval '24 hours'
            and (request_id = :request or request_id in (
                select request_id from replay
                where vendor = :vendor and created_at <= now() - interval '24 hours'
                order by created_at limit 100 for update skip locked))
            """;

    /** Whether no other transaction has the request under way; until this one ends, none will. */
    Uni<Boolean> tryLock(String vendor, String request) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(TRY_LOCK, Boolean.class)
                        .setParameter("request", vendor + "\n" + request)
                        .getSingleResult());
    }

    /** The fingerprint and the answer of a request that was done, or null. */
    Uni<Object[]> find(String vendor, String request) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FIND, Object[].class)
                        .setParameter("vendor", vendor)
                        .setParameter("request", request)
                        .getSingleResultOrNull());
    }

    /** Remembers the answer of a request that {@link #find} did not find. */
    Uni<Void> remember(String vendor, RequestId request, byte[] answer) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FORGET)
                        .setParameter("vendor", vendor)
                        .setParameter("request", request.value())
                        .executeUpdate()
                        .chain(() -> session.createNativeQuery(REMEMBER)
                                .setParameter("vendor", vendor)
                                .setParameter("request", request.value())
                                .setParameter("fingerprint", request.fingerprint())
                                .setParameter("answer", answer)
                                .executeUpdate()))
                .replaceWithVoid();
    }
}
