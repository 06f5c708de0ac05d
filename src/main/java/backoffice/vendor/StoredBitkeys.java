package backoffice.vendor;

import static java.util.stream.Collectors.toMap;

import backoffice.persistence.VendorSql;
import backoffice.vendor.Bitkey.Digest;
import backoffice.vendor.BitkeySource.Reading;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The bitkeys in the table {@code bitkey}, of all vendors. The table has digests, and never the text of a key. */
@Singleton
class StoredBitkeys {

    private static final Logger LOG = Logger.getLogger(StoredBitkeys.class);
    private static final String VALID = """
            select vendor, name, digest, read_only, expires_at from bitkey
            where revoked_at is null and (expires_at is null or expires_at > now())
            """;
    private static final String MARK_USED = """
            update bitkey set last_used_on = current_date
            where vendor = $1 and name = $2 and last_used_on is distinct from current_date
            """;

    private final VendorSql sql;
    private final Map<Digest, LocalDate> lastUses = new ConcurrentHashMap<>();

    StoredBitkeys(VendorSql sql) {
        this.sql = sql;
    }

    /** Reads the keys that are not revoked and have not expired. */
    Uni<Reading> read() {
        return sql.withoutVendor(VALID)
                .map(rows -> rows.stream().map(StoredBitkeys::key).collect(toMap(Bitkey::digest, key -> key)))
                .map(keys -> new Reading(keys, List.of()));
    }

    private static Bitkey key(Object[] row) {
        OffsetDateTime expiresAt = (OffsetDateTime) row[4];
        return new Bitkey(
                (String) row[0],
                (String) row[1],
                new Digest((byte[]) row[2]),
                (Boolean) row[3],
                expiresAt == null ? null : expiresAt.toInstant(),
                false);
    }

    /** Stores the day of the last use, with the first call of a day. Returns the key. */
    Bitkey used(Bitkey key) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        if (!today.equals(lastUses.put(key.digest(), today))) {
            sql.withoutVendor(MARK_USED, key.vendor(), key.name())
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debugf("The use of a key is not stored: %s", failure));
        }
        return key;
    }
}
