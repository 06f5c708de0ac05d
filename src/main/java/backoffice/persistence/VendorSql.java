package backoffice.persistence;

import backoffice.bulkhead.MemoryBudget.Room;
import backoffice.call.Call;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Executes the statements of one {@link Work}: it has the vendor, which each statement has as {@code $1}, the connection, and
 * the memory for rows. Only {@link Database} makes it. There is a method for each kind of statement. See docs/adr/0003 and
 * 0005.
 */
public final class VendorSql {

    private static final Logger LOG = Logger.getLogger(VendorSql.class);

    /** The changes in the form that sets the actor. The statements of the repositories are constants. */
    private static final Map<String, String> WITH_ACTOR = new ConcurrentHashMap<>();

    private final Vendor vendor;
    private final SqlClient client;
    private final Room room;
    private final ChangeActor actor;

    /**
     * @param client null in a session of Panache, which executes HQL
     * @param actor null without a history
     */
    VendorSql(Vendor vendor, SqlClient client, Room room, ChangeActor actor) {
        this.vendor = vendor;
        this.client = client;
        this.room = room;
        this.actor = actor;
    }

    public Vendor vendor() {
        return vendor;
    }

    /** The memory for the rows that the statements find. */
    public Room room() {
        return room;
    }

    /**
     * Executes a statement that returns rows.
     *
     * @param parameters the values from {@code $2} on
     */
    public Uni<List<Object[]>> select(String statement, Object... parameters) {
        return execute(statement, parameters).map(SqlResult::value);
    }

    /**
     * The SQL of a select that returns its rows only if the call has memory for all of them. It returns two columns more than
     * {@code rows} does, and one row when they are too large.
     *
     * @param rows the select, in whose order the rows come
     * @param bytes the size of a row {@code r}
     * @param room the number of the last parameter, for {@link Room#bytes}
     */
    public static String sized(String rows, String bytes, int room) {
        return "select * from (select r.*, sum(" + bytes + ") over () as bytes, row_number() over () as number from ("
                + rows + ") r) r where bytes <= $" + room + " or number = 1 order by number";
    }

    /** Executes a select of {@link #sized} without its last parameter. Fails as {@link Room#require}. */
    public Uni<List<Object[]>> selectSized(String statement, Object... parameters) {
        return select(statement, with(parameters, room.bytes()))
                .invoke(rows -> rows.stream()
                        .limit(1)
                        .forEach(first -> room.require(((Number) first[first.length - 2]).longValue())));
    }

    /** Executes a statement that inserts, updates or deletes rows, and returns their number. The history learns who did it. */
    public Uni<Integer> update(String statement, Object... parameters) {
        return change(statement, parameters).map(SqlResult::rowCount);
    }

    /** Executes a statement as {@link #update}, and returns the rows of its {@code returning}. They may get a column before. */
    public Uni<List<Object[]>> updateReturning(String statement, Object... parameters) {
        return change(statement, parameters).map(SqlResult::value);
    }

    private Uni<SqlResult<List<Object[]>>> change(String statement, Object... parameters) {
        String who = actor == null ? null : actor.current();
        return who == null
                ? execute(statement, parameters)
                : execute(
                        WITH_ACTOR.computeIfAbsent(statement, sql -> ChangeActor.sql(sql, parameters.length + 2)),
                        with(parameters, who));
    }

    /**
     * Executes a statement as {@link #update}, within a transaction. Does nothing for 0 rows. When it changes another
     * number of rows than this one, the transaction starts again (docs/adr/0009).
     */
    public Uni<Void> updateRows(int rows, String statement, Object... parameters) {
        return rows == 0
                ? Uni.createFrom().voidItem()
                : update(statement, parameters)
                        .chain(updated -> updated == rows
                                ? Uni.createFrom().voidItem()
                                : Uni.createFrom()
                                        .failure(PostgresErrors.conflict(updated + " rows changed, not " + rows)));
    }

    private Uni<SqlResult<List<Object[]>>> execute(String statement, Object... parameters) {
        return Uni.createFrom().deferred(() -> send(client, statement, withVendor(vendor, parameters)));
    }

    /** Executes a statement with all of its parameters, from {@code $1} on, as {@link #unlessOver}. */
    static Uni<SqlResult<List<Object[]>>> send(SqlClient client, String statement, Object[] parameters) {
        LOG.debug(statement);
        Object[] values = new Object[parameters.length];
        Arrays.setAll(values, i -> parameters[i] instanceof byte[] bytes ? Buffer.buffer(bytes) : parameters[i]);
        return unlessOver(() -> UniHelper.toUni(client.preparedQuery(statement)
                .collecting(Collectors.mapping(VendorSql::columns, Collectors.toList()))
                .execute(Tuple.wrap(values))));
    }

    /** Starts a statement unless the current call has failed while it waited. */
    public static <T> Uni<T> unlessOver(Supplier<Uni<T>> statement) {
        return Call.isOver() ? Uni.createFrom().failure(new TimeoutException("its call is over")) : statement.get();
    }

    private static Object[] columns(Row row) {
        Object[] columns = new Object[row.size()];
        Arrays.setAll(columns, i -> row.getValue(i) instanceof Buffer bytes ? bytes.getBytes() : row.getValue(i));
        return columns;
    }

    static Object[] withVendor(Vendor vendor, Object... parameters) {
        Object[] all = new Object[parameters.length + 1];
        all[0] = vendor.name();
        System.arraycopy(parameters, 0, all, 1, parameters.length);
        return all;
    }

    private static Object[] with(Object[] parameters, Object last) {
        Object[] all = Arrays.copyOf(parameters, parameters.length + 1);
        all[parameters.length] = last;
        return all;
    }
}
