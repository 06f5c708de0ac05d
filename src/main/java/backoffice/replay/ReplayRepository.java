package backoffice.replay;

import backoffice.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

/** The remembered answers, for 24 hours each. All its statements are of the transaction that the change is of. */
@Singleton
class ReplayRepository {

    private static final String TRY_LOCK = """
            select pg_try_advisory_xact_lock(hashtextextended($1, 0))
            """;
    private static final String FIND = """
            select fingerprint, answer from replay
            where vendor = $1 and request_id = $2 and created_at > now() - interval '24 hours'
            """;
    private static final String REMEMBER = """
            insert into replay (vendor, request_id, fingerprint, answer) values ($1, $2, $3, $4)
            """;

    // Whoever remembers also forgets a little: no job is needed that would have to be awake.
    private static final String FORGET = """
            delete from replay
            where vendor = $1 and created_at <= now() - interval '24 hours'
            and (request_id = $2 or request_id in (
                select request_id from replay
                where vendor = $1 and created_at <= now() - interval '24 hours'
                order by created_at limit 100 for update skip locked))
            """;

    private final Database database;

    ReplayRepository(Database database) {
        this.database = database;
    }

    /** Whether no other transaction has the request under way; until this one ends, none will. */
    Uni<Boolean> tryLock(String vendor, String request) {
        return database.execute(TRY_LOCK, Tuple.of(vendor + "\n" + request))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** The fingerprint and the answer of a request that was done, or null. */
    Uni<Row> find(String vendor, String request) {
        return database.execute(FIND, Tuple.of(vendor, request))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next());
    }

    /** Remembers the answer of a request that {@link #find} did not find. */
    Uni<Void> remember(String vendor, RequestId request, byte[] answer) {
        return database.execute(FORGET, Tuple.of(vendor, request.value()))
                .chain(() -> database.execute(
                        REMEMBER,
                        Tuple.of(vendor, request.value(), Buffer.buffer(request.fingerprint()), Buffer.buffer(answer))))
                .replaceWithVoid();
    }
}
