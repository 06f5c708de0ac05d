package backoffice.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.concurrency.Change.Answer;
import backoffice.testsupport.Race;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.SqlConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Runs calls on the same initial data, one after the other or concurrently, and returns their outcome. */
final class CallRunner implements AutoCloseable {

    /** The first digits of the present year. No test sends a time of this century. */
    static final String CURRENT_CENTURY = "20";

    // In group b the ids descend while the names ascend, so locking by id and locking by name have opposite orders.
    private static final String INITIAL_ROWS = """
            delete from customer;
            delete from customer_group;
            delete from stored_response;
            delete from row_count;
            insert into customer_group (vendor, name) values ('acme', 'a'), ('acme', 'b'), ('acme', 'e'), ('globex', 'a');
            insert into customer (vendor, name, group_id, reg_date, city, reference_id)
            select g.vendor, 'x' || to_char(i, 'FM00'), g.id, '1998-01-01', 'old', case g.name when 'a' then 'r' || i end
            from customer_group g, generate_series(0, %1$d - 1) i where g.name <> 'e'
            order by g.id, case g.name when 'a' then i else -i end;
            insert into customer (vendor, name, reg_date, city, reference_id)
            select 'acme', 'z' || to_char(i, 'FM00'), '1998-01-01', 'old', 's' || i from generate_series(0, %1$d - 1) i
            """.formatted(Change.SIZE);

    /** Selects three lines: the number of orphaned and duplicate rows, that of wrong row counts, and then all rows. */
    private static final String CURRENT_STATE = """
            select concat_ws(E'\\n',
                (select count(*) from customer c left join customer_group g on (g.vendor, g.id) = (c.vendor, c.group_id)
                    where c.group_id is not null and g.id is null)
                + (select count(*) - count(distinct (vendor, group_id, name)) from customer)
                + (select count(*) - count(distinct (vendor, reference_id)) from customer where reference_id is not null),
                (%s),
                (select string_agg(line, E'\\n' order by line collate "C") from (
                    select concat_ws(' ', vendor, name) from customer_group
                    union all
                    select concat_ws(' ', c.vendor, coalesce(g.name, '-'),
                        to_jsonb(c) - '{id,vendor,group_id,reg_date}'::text[],
                        case when c.reg_date::text like '%s%%' then 'now' else c.reg_date::text end)
                    from customer c left join customer_group g on (g.vendor, g.id) = (c.vendor, c.group_id)
                    union all
                    select concat_ws(' ', vendor, idempotency_key, encode(fingerprint, 'hex'), convert_from(response, 'UTF8'))
                    from stored_response) every (line)))
            """.formatted(RowCountCheck.WRONG_ROW_COUNTS, CURRENT_CENTURY);

    private final SqlConnection database = new SqlConnection();
    private long callNanos;

    /** The answer of each call, and all rows after the calls. */
    record Outcome(List<Answer> answers, String state) {}

    /** Runs the calls one after the other, after more statements than those of the initial rows. */
    Outcome runInOrder(List<Change> calls, List<Integer> order, String statements) {
        reset(statements);
        Answer[] answers = new Answer[calls.size()];
        long start = System.nanoTime();
        order.forEach(i -> answers[i] = calls.get(i).send());
        callNanos = (System.nanoTime() - start) / calls.size();
        return outcome(calls, Arrays.asList(answers));
    }

    /** Restores the initial rows, and executes more statements in the same transaction. */
    void reset(String statements) {
        database.execute(INITIAL_ROWS + ";" + statements);
    }

    /** Runs the calls concurrently, each after a random delay of up to the mean duration of a call in order. */
    Outcome runConcurrently(List<Change> calls, Random random) {
        reset("");
        List<Callable<Answer>> delayed = new ArrayList<>();
        for (Change call : calls) {
            long delay = random.nextLong(callNanos + 1);
            delayed.add(() -> {
                TimeUnit.NANOSECONDS.sleep(delay);
                return call.send();
            });
        }
        return outcome(calls, Race.run(delayed));
    }

    private Outcome outcome(List<Change> calls, List<Answer> answers) {
        assertTrue(answers.stream().allMatch(answer -> answer.code() < 500), () -> "a fault: " + calls + " " + answers);
        String[] state = database.text(CURRENT_STATE).split("\n", 3);
        assertEquals("0", state[0], () -> "orphaned or duplicate rows: " + calls);
        assertEquals("0", state[1], () -> "wrong row counts: " + calls);
        return new Outcome(answers, state[2]);
    }

    @Override
    public void close() {
        database.close();
    }
}
