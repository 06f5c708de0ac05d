package backoffice.cli;

import backoffice.customer.CustomerData;
import backoffice.customer.CustomerRowMapper;
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
import java.util.stream.StreamSupport;

/**
 * All that a vendor has, as of the moment when this is opened, however long it is read: a transaction of its own, outside of the
 * deadline for calls. Its methods block.
 */
final class ExportSnapshot implements AutoCloseable {

    private static final int ROWS = 1000;
    private static final String GROUPS = """
            select name from customer_group where vendor = (select $1::text) and name > $2 order by name limit $3
            """;
    private static final String CUSTOMERS = "select " + CustomerRowMapper.SQL + " " + """
            from customer c left join customer_group g on g.vendor = c.vendor and g.id = c.group_id
            where c.vendor = (select $1::text) and c.name >= $2 and (c.name > $2 or coalesce(g.name, '') > $3)
            order by c.name, g.name nulls first limit $4
            """;

    private final SqlConnection connection;
    private final Transaction transaction;
    private final String vendor;

    ExportSnapshot(Pool pool, String vendor) {
        this.connection = pool.getConnectionAndAwait();
        this.transaction = connection.beginAndAwait();
        this.vendor = vendor;
        connection
                .query("set transaction isolation level repeatable read, read only")
                .executeAndAwait();
    }

    /** @param sink takes the groups by name, a part at a time */
    void groups(Consumer<List<Group>> sink) {
        read(
                GROUPS,
                row -> new Group(new Name(row.getString(0))),
                last -> Tuple.of(vendor, last == null ? "" : last.name().value(), ROWS),
                sink);
    }

    /** @param sink takes the customers by name, then group (none first), a part at a time */
    void customers(Consumer<List<CustomerData>> sink) {
        read(CUSTOMERS, row -> CustomerRowMapper.read(row::getValue), this::after, sink);
    }

    private Tuple after(CustomerData last) {
        return last == null
                ? Tuple.of(vendor, "", "", ROWS)
                : Tuple.of(
                        vendor,
                        last.name().value(),
                        last.groupName() == null ? "" : last.groupName().value(),
                        ROWS);
    }

    /** @param after the values of the statement that goes on behind an item, or begins where that is null */
    private <T> void read(String statement, Function<Row, T> reader, Function<T, Tuple> after, Consumer<List<T>> sink) {
        T last = null;
        while (true) {
            List<T> items = StreamSupport.stream(
                            connection
                                    .preparedQuery(statement)
                                    .executeAndAwait(after.apply(last))
                                    .spliterator(),
                            false)
                    .map(reader)
                    .toList();
            if (items.isEmpty()) {
                return;
            }
            sink.accept(items);
            last = items.get(items.size() - 1);
        }
    }

    @Override
    public void close() {
        transaction.rollbackAndAwait();
        connection.closeAndAwait();
    }
}
