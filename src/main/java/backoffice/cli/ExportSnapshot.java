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
 * A snapshot of all groups and customers of a vendor, as of the moment when it is opened. It is one transaction
 * (repeatable read, read only), to which the call timeout does not apply. See docs/adr/0024. Its methods block.
 */
final class ExportSnapshot implements AutoCloseable {

    private static final int BATCH_SIZE = 1000;
    private static final String GROUPS = """
            select name from customer_group where vendor = $1 and name > $2 order by name limit $3
            """;
    private static final String CUSTOMERS = "select " + CustomerRowMapper.SQL + " " + """
            from customer c left join customer_group g on g.vendor = c.vendor and g.id = c.group_id
            where c.vendor = $1 and c.name >= $2 and (c.name > $2 or coalesce(g.name, '') > $3)
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

    /**
     * Reads all groups.
     *
     * @param sink takes the groups in the order of their names, up to 1000 at a time
     */
    void groups(Consumer<List<Group>> sink) {
        read(
                GROUPS,
                row -> new Group(new Name(row.getString(0))),
                last -> Tuple.of(vendor, last == null ? "" : last.name().value(), BATCH_SIZE),
                sink);
    }

    /**
     * Reads all customers.
     *
     * @param sink takes the customers in the order of their names and then of their groups, those without a group
     *     first, up to 1000 at a time
     */
    void customers(Consumer<List<CustomerData>> sink) {
        read(CUSTOMERS, row -> CustomerRowMapper.read(row::getValue), this::parametersAfter, sink);
    }

    private Tuple parametersAfter(CustomerData last) {
        return last == null
                ? Tuple.of(vendor, "", "", BATCH_SIZE)
                : Tuple.of(
                        vendor,
                        last.name().value(),
                        last.groupName() == null ? "" : last.groupName().value(),
                        BATCH_SIZE);
    }

    /**
     * Reads by keyset pagination.
     *
     * @param after the parameters of the statement that reads after an item; of the first one when the item is null
     */
    private <T> void read(String statement, Function<Row, T> mapper, Function<T, Tuple> after, Consumer<List<T>> sink) {
        T last = null;
        while (true) {
            List<T> items = StreamSupport.stream(
                            connection
                                    .preparedQuery(statement)
                                    .executeAndAwait(after.apply(last))
                                    .spliterator(),
                            false)
                    .map(mapper)
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
