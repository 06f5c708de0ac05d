package backoffice.vendor;

import backoffice.persistence.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;

/** The bitkeys in the table {@code bitkey}, of all vendors. The table has digests, and never the text of a key. */
@Singleton
class StoredBitkeys {

    private static final String VALID = """
            select vendor, name, digest, read_only, expires_at from bitkey
            where revoked_at is null and (expires_at is null or expires_at > now())
            """;
    private static final String MARK_USED = """
            update bitkey set last_used_on = current_date
            where vendor = $1 and name = $2 and last_used_on is distinct from current_date
            """;

    private final Database database;

    StoredBitkeys(Database database) {
        this.database = database;
    }

    /** Reads the keys that are not revoked and have not expired. */
    Uni<Bitkeys> valid() {
        return database.sqlOfNoVendor(VALID).map(rows -> {
            Bitkeys keys = new Bitkeys();
            rows.stream().map(StoredBitkeys::key).forEach(keys::add);
            return keys;
        });
    }

    Uni<Void> markUsed(Bitkey key) {
        return database.sqlOfNoVendor(MARK_USED, key.vendor(), key.name()).replaceWithVoid();
    }

    private static Bitkey key(Object[] row) {
        OffsetDateTime expiresAt = (OffsetDateTime) row[4];
        return new Bitkey(
                (String) row[0],
                (String) row[1],
                new BitkeyDigest(((Buffer) row[2]).getBytes()),
                (Boolean) row[3],
                expiresAt == null ? null : expiresAt.toInstant());
    }
}
