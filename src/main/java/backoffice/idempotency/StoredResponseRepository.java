package backoffice.idempotency;

import static backoffice.persistence.VendorScope.ON_NODE_OF_VENDOR;

import backoffice.persistence.SqlExecutor;
import backoffice.persistence.VendorScopedRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;

/**
 * The repository of stored responses, which are valid for 24 hours. Its statements join the transaction of the
 * change, so a response is stored if and only if its change is committed.
 */
@Singleton
class StoredResponseRepository extends VendorScopedRepository {

    private static final String TRY_LOCK = """
            select pg_try_advisory_xact_lock(hashtextextended(cast($1 as text) || E'\\n' || cast($2 as text), 0))
            """ + ON_NODE_OF_VENDOR;
    private static final String FIND = """
            select fingerprint, response from stored_response
            where vendor = $1 and idempotency_key = $2 and created_at > now() - interval '24 hours'
            """;
    private static final String STORE = """
            insert into stored_response (vendor, idempotency_key, fingerprint, response) values ($1, $2, $3, $4)
            """;

    // Each transaction that stores a response deletes some expired ones, so the service needs no scheduled job.
    private static final String DELETE_EXPIRED = """
            delete from stored_response
            where vendor = $1 and created_at <= now() - interval '24 hours'
            and (idempotency_key = $2 or idempotency_key in (
                select idempotency_key from stored_response
                where vendor = $1 and created_at <= now() - interval '24 hours'
                order by created_at limit 100 for update skip locked))
            """;

    StoredResponseRepository(SqlExecutor sql) {
        super(sql);
    }

    /** Locks an idempotency key until the transaction ends; false when another transaction holds the lock. */
    Uni<Boolean> tryLock(String vendor, IdempotencyKey key) {
        return execute(TRY_LOCK, vendor, key.value())
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Finds the response that was stored under a key in the last 24 hours; null when there is none. */
    Uni<StoredResponse> find(String vendor, IdempotencyKey key) {
        return execute(FIND, vendor, key.value())
                .map(rows -> rows.size() == 0 ? null : read(rows.iterator().next()));
    }

    /** Stores a response under a key that has no valid one, and deletes up to 100 expired responses of the vendor. */
    Uni<Void> store(String vendor, IdempotencyKey key, byte[] body) {
        return execute(DELETE_EXPIRED, vendor, key.value())
                .chain(() -> execute(STORE, vendor, key.value(), Buffer.buffer(key.fingerprint()), Buffer.buffer(body)))
                .replaceWithVoid();
    }

    private static StoredResponse read(Row row) {
        return new StoredResponse(row.getBuffer(0).getBytes(), row.getBuffer(1).getBytes());
    }
}
