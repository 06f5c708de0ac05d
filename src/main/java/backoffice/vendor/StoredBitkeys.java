package backoffice.vendor;

import backoffice.persistence.SqlExecutor;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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

    /**
     * A key as {@code keys list} shows it.
     *
     * @param expiresAt null for a key that does not expire
     * @param revokedAt null for a key that is not revoked
     * @param lastUsedOn a day in UTC; null for a key that was never used
     */
    public record Entry(
            String vendor,
            String name,
            boolean readOnly,
            OffsetDateTime createdAt,
            OffsetDateTime expiresAt,
            OffsetDateTime revokedAt,
            LocalDate lastUsedOn) {}

    private final SqlExecutor sql;

    StoredBitkeys(SqlExecutor sql) {
        this.sql = sql;
    }

    /** Reads the keys that are not revoked and have not expired. */
    Uni<Bitkeys> valid() {
        return sql.readAside(VALID, Tuple.tuple()).map(rows -> {
            Bitkeys keys = new Bitkeys();
            list(rows).map(StoredBitkeys::key).forEach(keys::add);
            return keys;
        });
    }

    /** Stores that a key was used today. */
    Uni<Void> markUsed(Bitkey key) {
        return sql.readAside(MARK_USED, Tuple.of(key.vendor(), key.name())).replaceWithVoid();
    }

    /**
     * Creates a key.
     *
     * @param expiresAt null for a key that does not expire
     * @return the text of the key, which is not stored; null when the vendor has or had a key with this name
     */
    public Uni<String> create(String vendor, String name, boolean readOnly, OffsetDateTime expiresAt) {
        String key = BitkeyText.generate();
        Buffer digest = Buffer.buffer(BitkeyDigest.of(key).bytes());
        return sql.read(CREATE, Tuple.tuple(Arrays.asList(vendor, name, digest, readOnly, expiresAt)))
                .map(rows -> rows.size() == 0 ? null : key);
    }

    /** Revokes a key; false when the vendor has no such key. */
    public Uni<Boolean> revoke(String vendor, String name) {
        return sql.read(REVOKE, Tuple.of(vendor, name)).map(rows -> rows.size() > 0);
    }

    /** All keys by vendor and name, also those that are revoked. */
    public Uni<List<Entry>> all() {
        return sql.read(ALL, Tuple.tuple())
                .map(rows -> list(rows)
                        .map(row -> new Entry(
                                row.getString("vendor"),
                                row.getString("name"),
                                row.getBoolean("read_only"),
                                row.getOffsetDateTime("created_at"),
                                row.getOffsetDateTime("expires_at"),
                                row.getOffsetDateTime("revoked_at"),
                                row.getLocalDate("last_used_on")))
                        .toList());
    }

    private static Bitkey key(Row row) {
        OffsetDateTime expiresAt = row.getOffsetDateTime("expires_at");
        return new Bitkey(
                row.getString("vendor"),
                row.getString("name"),
                new BitkeyDigest(row.getBuffer("digest").getBytes()),
                row.getBoolean("read_only"),
                expiresAt == null ? null : expiresAt.toInstant());
    }

    private static Stream<Row> list(RowSet<Row> rows) {
        return rows.stream();
    }
}
