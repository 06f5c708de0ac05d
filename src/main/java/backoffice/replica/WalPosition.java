package backoffice.replica;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Positions in the write-ahead log of PostgreSQL, as numbers and as PostgreSQL writes them, such as {@code 16/B374D8}. */
final class WalPosition {

    /**
     * Selects the position up to which a replica has to replay the log to have everything that is committed. At the
     * start of a page or a segment of the log, the primary reports the end of its header, and a replica the start.
     */
    static final String ON_PRIMARY = """
            select at - case when at % segment = 40 then 40 when at % 8192 = 24 then 24 else 0 end
            from (select cast(pg_current_wal_insert_lsn() - '0/0' as bigint) as at,
            pg_size_bytes(current_setting('wal_segment_size')) as segment) as log""";

    /** Selects the position up to which a connected replica has replayed the log; null on any other server. */
    static final String ON_REPLICA = """
            select case when pg_is_in_recovery() and exists (select from pg_stat_wal_receiver)
            then cast(pg_last_wal_replay_lsn() - '0/0' as bigint) end""";

    private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");
    private static final int HEX = 16;

    private WalPosition() {}

    /**
     * Reads a position of a server. The pool itself would log errors of its acquire timeout (vertx-sql-client#1706), so the
     * statement has a connection of its own.
     */
    static Uni<Long> read(Pool server, String position) {
        return server.withConnection(connection -> connection.query(position).execute())
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** A position that no server has reached when the text is no position. */
    static long parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Long.parseLong(parts.group(1), HEX) << Integer.SIZE | Long.parseLong(parts.group(2), HEX)
                : Long.MAX_VALUE;
    }

    static String format(long position) {
        return "%X/%X".formatted(position >>> Integer.SIZE, position & 0xFFFFFFFFL);
    }
}
