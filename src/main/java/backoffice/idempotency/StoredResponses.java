package backoffice.idempotency;

import static backoffice.persistence.Citus.ON_NODE_OF_VENDOR;
import static backoffice.persistence.Citus.PINNED;

import backoffice.bulkhead.MemoryBudget.Room;
import backoffice.call.Call;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.persistence.VendorSql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Arrays;

/** The stored responses, which are valid for 24 hours. See docs/adr/0011. */
@Singleton
class StoredResponses {

    private static final String TRY_LOCK = PINNED + """
             select pg_try_advisory_xact_lock(advisory_lock_id('4', cast($1 as text) || E'\\n' || cast($2 as text)))
            """ + ON_NODE_OF_VENDOR;
    private static final String FIND = """
            select fingerprint, octet_length(response),
                case when octet_length(response) <= $3 and fingerprint = $4 then response end
            from stored_response
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

    /** Locks the idempotency key of a call until the transaction ends; false when another transaction holds the lock. */
    Uni<Boolean> tryLock(VendorSql db, Call call) {
        return db.select(TRY_LOCK, call.idempotencyKey()).map(rows -> (Boolean) rows.get(0)[0]);
    }

    /**
     * Finds the valid response of a key; null when there is none. Fails with 3002 when it belongs to another request, and
     * as {@link Room#require} for its length.
     */
    Uni<byte[]> find(VendorSql db, Call call) {
        return db.select(FIND, call.idempotencyKey(), db.room().bytes(), call.fingerprint())
                .map(rows -> rows.isEmpty() ? null : response(db, call, rows.get(0)));
    }

    private static byte[] response(VendorSql db, Call call, Object[] row) {
        if (!Arrays.equals(call.fingerprint(), (byte[]) row[0])) {
            throw new ApiException(Problem.IDEMPOTENCY_KEY_REUSED, call.idempotencyKey());
        }
        db.room().require((int) row[1]);
        return (byte[]) row[2];
    }

    /** Stores a response, and deletes up to 100 expired responses of the vendor. */
    Uni<Void> store(VendorSql db, Call call, byte[] json) {
        return db.update(DELETE_EXPIRED, call.idempotencyKey())
                .chain(() -> db.update(STORE, call.idempotencyKey(), call.fingerprint(), json))
                .replaceWithVoid();
    }
}
