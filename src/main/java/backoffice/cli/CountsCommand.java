package backoffice.cli;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Inject;
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
            select vendor, list, coalesce(s.total, 0) as stored, coalesce(c.total, 0) as counted,
                case list when 0 then 'groups' when -1 then 'customers' else
                    coalesce((select 'customers of group "' || name || '"' from customer_group g
                        where g.vendor = j.vendor and g.id = j.list), 'customers of a deleted group') end as title
            from (select vendor, list, sum(total)::bigint as total from tally group by vendor, list) s
            full join (
                select vendor, 0::bigint as list, count(*) as total from customer_group group by vendor
                union all select vendor, -1, count(*) from customer group by vendor
                union all select vendor, group_id, count(*) from customer where group_id is not null
                    group by vendor, group_id) c using (vendor, list) as j
            where coalesce(s.total, 0) <> coalesce(c.total, 0) order by vendor, list
            """;
    private static final String REPAIR =
            "insert into tally as t select vendor, list, 0, counted - stored, tally_step() from ("
                    + DIFFERENCES + ") d on conflict (vendor, list, slot)"
                    + " do update set total = t.total + excluded.total, version = t.version + excluded.version";

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
        differences.forEach(row -> spec.commandLine()
                .getOut()
                .printf(
                        "%s, %s: %d stored, %d counted%n",
                        row.getString("vendor"),
                        row.getString("title"),
                        row.getLong("stored"),
                        row.getLong("counted")));
        spec.commandLine()
                .getOut()
                .printf("%d lists differ%s.%n", differences.size(), repair ? "ed and are repaired" : "");
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
