package backoffice.moving;

import backoffice.customer.CustomerData;
import backoffice.customer.CustomerRows;
import backoffice.group.Group;
import backoffice.value.Name;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * All that a vendor has, as of the moment when this is opened, however long it is read: a transaction of its own, outside of the
 * deadline for calls. Its methods block.
 */
final class Snapshot implements AutoCloseable {

    private static final int ROWS = 1000;
    private static final String GROUPS = """
            select name, id from customer_group where vendor = $1 and id > $2 order by id limit $3
            """;
    private static final String CUSTOMERS = "select " + CustomerRows.SQL + """
            , c.id from customer c left join customer_group g on g.vendor = c.vendor and g.id = c.group_id
            where c.vendor = $1 and c.id > $2 order by c.id limit $3
            """;

    private final SqlConnection connection;
    private final Transaction transaction;
    private final String vendor;

    Snapshot(Pool pool, String vendor) {
        this.connection = pool.getConnectionAndAwait();
        this.transaction = connection.beginAndAwait();
        this.vendor = vendor;
        connection
                .query("set transaction isolation level repeatable read, read only")
                .executeAndAwait();
    }

    /** @param sink takes the groups, in the order in which they came to be, a part at a time */
    void groups(Consumer<List<Group>> sink) {
        read(GROUPS, 1, row -> new Group(new Name(row.getString(0))), sink);
    }

    /** @param sink takes the customers, in the order in which they came to be, a part at a time */
    void customers(Consumer<List<CustomerData>> sink) {
        read(CUSTOMERS, CustomerRows.WIDTH, Snapshot::customer, sink);
    }

    private <T> void read(String statement, int columnOfId, Function<Row, T> reader, Consumer<List<T>> sink) {
        for (long last = Long.MIN_VALUE, next = 0; ; last = next) {
            List<Row> rows = StreamSupport.stream(
                            connection
                                    .preparedQuery(statement)
                                    .executeAndAwait(Tuple.of(vendor, last, ROWS))
                                    .spliterator(),
                            false)
                    .toList();
            if (rows.isEmpty()) {
                return;
            }
            sink.accept(rows.stream().map(reader).toList());
            next = rows.get(rows.size() - 1).getLong(columnOfId);
        }
    }

    private static CustomerData customer(Row row) {
        return CustomerRows.read(
                IntStream.range(0, CustomerRows.WIDTH).mapToObj(row::getValue).toArray());
    }

    @Override
    public void close() {
        transaction.rollbackAndAwait();
        connection.closeAndAwait();
    }
}
