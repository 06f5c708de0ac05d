package backoffice.cli;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code counts}: compares the row counts of lists with the rows, and repairs them. See docs/adr/0006. */
@Command(
        name = "counts",
        sortOptions = false,
        description = {
            "Compares the stored row count of each list with its rows, for all vendors.",
            "Prints the lists that differ.",
            "They can differ after triggers were disabled, or after a partial restore.",
            ""
        },
        footer = {
            "",
            "The command uses the database of the service, with the same variables:",
            "QUARKUS_DATASOURCE_REACTIVE_URL etc.",
            "Exit codes: 0 all row counts are right or repaired, 1 some differ, 2 wrong usage, 3 a database failure."
        })
public class CountsCommand implements Callable<Integer> {

    private static final int SOME_DIFFER = 1;
    private static final String LOCK_AGAINST_CHANGES =
            "lock table customer_group, customer in share row exclusive mode";
    private static final String DIFFERENCES = """
            select d.vendor, d.list, d.group_id, d.stored, d.counted,
                format('%s, %s: %s stored, %s counted', d.vendor, case d.list when 'members'
                    then coalesce('customers of group "' || g.name || '"', 'customers of a deleted group')
                    else d.list end, d.stored, d.counted) as line
            from (select vendor, list, group_id, sum(stored)::bigint as stored, sum(counted)::bigint as counted
                from (select vendor, list, group_id, rows as stored, 0 as counted from row_count
                    union all select vendor, 'groups', 0, 0, 1 from customer_group
                    union all select vendor, 'customers', 0, 0, 1 from customer
                    union all select vendor, 'members', group_id, 0, 1 from customer where group_id is not null) each_row
                group by vendor, list, group_id having sum(stored) <> sum(counted)) d
            left join customer_group g on g.vendor = d.vendor and g.id = d.group_id
            order by d.vendor, d.list, d.group_id
            """;
    private static final String REPAIR = "insert into row_count as c (vendor, list, group_id, slot, rows, version)"
            + " select vendor, list, group_id, 0, counted - stored, row_count_step() from ("
            + DIFFERENCES + ") d on conflict (vendor, list, group_id, slot)"
            + " do update set rows = c.rows + excluded.rows, version = c.version + excluded.version";

    @Option(
            names = "--repair",
            description = "Corrects the stored row counts. Calls that change data wait meanwhile, or fail with 5001.")
    boolean repair;

    @Spec
    CommandSpec spec;

    @Inject
    Pool pool;

    @Override
    public Integer call() {
        RowSet<Row> differences = repair ? repair() : pool.query(DIFFERENCES).executeAndAwait();
        PrintWriter out = spec.commandLine().getOut();
        differences.forEach(row -> out.println(row.getString("line")));
        out.printf("%d lists differ%s.%n", differences.size(), repair ? "ed and are repaired" : "");
        return repair || differences.size() == 0 ? 0 : SOME_DIFFER;
    }

    private RowSet<Row> repair() {
        return pool.withTransactionAndAwait(connection -> connection
                .query(LOCK_AGAINST_CHANGES)
                .execute()
                .chain(() -> connection.query(DIFFERENCES).execute())
                .call(() -> connection.query(REPAIR).execute()));
    }
}
