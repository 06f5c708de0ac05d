package backoffice.vendor;

import backoffice.persistence.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;

/** The bitkeys in the table {@code bitkey}, of all vendors. The table has digests, and never the text of a key. */
@Singleton
public class StoredBitkeys {

    private static final String VALID = """
            select vendor, name, digest, read_only, expires_at from bitkey
            where revoked_at is null and (expires_at is null or expires_at > now())
            """;
    private static final String MARK_USED = """
            update bitkey set last_used_on = current_date
            where vendor = $1 and name = $2 and last_used_on is distinct from current_date
            """;
    private static final String CREATE = """
            insert into bitkey (vendor, name, digest, read_only, expires_at) values ($1, $2, $3, $4, $5)
            on conflict do nothing returning name
            """;
    private static final String REVOKE = """
            update bitkey set revoked_at = now() where vendor = $1 and name = $2 and revoked_at is null returning name
            """;
    private static final String ALL = """
            select vendor, name, read_only, created_at, expires_at, revoked_at, last_used_on from bitkey
            order by vendor, name
            """;

    /** A key as {@code keys list} shows it. A time that does not exist is null. The day of the last use is in UTC. */
    public record Entry(
            String vendor,
            String name,
            boolean readOnly,
            OffsetDateTime createdAt,
            OffsetDateTime expiresAt,
            OffsetDateTime revokedAt,
            LocalDate lastUsedOn) {}

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

    /** Creates a key and returns its text, which is not stored; null when the vendor has or had a key with this name. */
    public Uni<String> create(String vendor, String name, boolean readOnly, OffsetDateTime expiresAt) {
        String key = BitkeyText.generate();
        Buffer digest = Buffer.buffer(BitkeyDigest.of(key).bytes());
        return database.sqlOfNoVendor(CREATE, vendor, name, digest, readOnly, expiresAt)
                .map(rows -> rows.isEmpty() ? null : key);
    }

    /** Revokes a key; false when the vendor has no such key. */
    public Uni<Boolean> revoke(String vendor, String name) {
        return database.sqlOfNoVendor(REVOKE, vendor, name).map(rows -> !rows.isEmpty());
    }

    /** All keys by vendor and name, also those that are revoked. */
    public Uni<List<Entry>> all() {
        return database.sqlOfNoVendor(ALL)
                .map(rows -> rows.stream()
                        .map(row -> new Entry(
                                (String) row[0],
                                (String) row[1],
                                (Boolean) row[2],
                                (OffsetDateTime) row[3],
                                (OffsetDateTime) row[4],
                                (OffsetDateTime) row[5],
                                (LocalDate) row[6]))
                        .toList());
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
