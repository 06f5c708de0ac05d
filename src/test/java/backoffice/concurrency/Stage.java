package backoffice.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.concurrency.Change.Answer;
import backoffice.testsupport.Race;
import backoffice.testsupport.RowCountSums;
import backoffice.testsupport.SqlConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where calls are made, each time on the same data: one after the other, or at the same time. */
final class Stage implements AutoCloseable {

    /** No test sends a time of these years. */
    static final String YEARS_OF_TODAY = "20";

    // Ids run against the names in b: whoever takes them in the order of ids meets the others of a head-on.
    private static final String SCENE = """
            delete from customer;
            delete from customer_group;
            delete from replay;
            delete from tally;
            insert into customer_group (vendor, name) values ('acme', 'a'), ('acme', 'b'), ('acme', 'e'), ('globex', 'a');
            insert into customer (vendor, name, group_id, reg_date, city, reference_id)
            select g.vendor, 'x' || to_char(i, 'FM00'), g.id, '1998-01-01', 'old', case g.name when 'a' then 'r' || i end
            from customer_group g, generate_series(0, %1$d - 1) i where g.name <> 'e'
            order by g.id, case g.name when 'a' then i else -i end;
            insert into customer (vendor, name, reg_date, city, reference_id)
            select 'acme', 'z' || to_char(i, 'FM00'), '1998-01-01', 'old', 's' || i from generate_series(0, %1$d - 1) i
            """.formatted(Changes.SIZE);

    /** How many rows are orphaned or doubled, how many tallies are wrong, which ids are remembered, and all rows; in one text. */
    private static final String STATE = """
            select concat_ws(E'\\n',
                (select count(*) from customer c left join customer_group g on (g.vendor, g.id) = (c.vendor, c.group_id)
                    where c.group_id is not null and g.id is null)
                + (select count(*) - count(distinct (vendor, group_id, name)) from customer)
                + (select count(*) - count(distinct (vendor, reference_id)) from customer where reference_id is not null),
                (%s),
                (select coalesce(string_agg(request_id, ',' order by request_id), '') from replay),
                (select string_agg(line, E'\\n' order by line collate "C") from (
                    select concat_ws(' ', vendor, name) from customer_group
                    union all
                    select concat_ws(' ', c.vendor, coalesce(g.name, '-'),
                        to_jsonb(c) - '{id,vendor,group_id,reg_date}'::text[],
                        case when c.reg_date::text like '%s%%' then 'now' else c.reg_date::text end)
                    from customer c left join customer_group g on (g.vendor, g.id) = (c.vendor, c.group_id)
                    union all
                    select concat_ws(' ', vendor, request_id, encode(fingerprint, 'hex'), convert_from(answer, 'UTF8'))
                    from replay) every (line)))
            """.formatted(RowCountSums.COUNT_WRONG, YEARS_OF_TODAY);

    private final SqlConnection database = new SqlConnection();
    private final Race race = new Race();
    private long nanosOfACall;

    /**
     * What calls led to.
     *
     * @param answers what each was answered
     * @param state all rows that there are then
     */
    record Outcome(List<Answer> answers, String state) {}

    /** Makes the calls one after the other. */
    Outcome inOrder(List<Change> calls, List<Integer> order) {
        database.execute(SCENE);
        Answer[] answers = new Answer[calls.size()];
        long start = System.nanoTime();
        order.forEach(i -> answers[i] = calls.get(i).send());
        nanosOfACall = (System.nanoTime() - start) / calls.size();
        return outcome(calls, Arrays.asList(answers));
    }

    /** Makes the calls at once: each begins a little later than it could, by up to the time that a call takes. */
    Outcome atOnce(List<Change> calls, Random random) throws InterruptedException {
        database.execute(SCENE);
        List<Callable<Answer>> late = new ArrayList<>();
        for (Change call : calls) {
            long delay = random.nextLong(nanosOfACall + 1);
            late.add(() -> {
                TimeUnit.NANOSECONDS.sleep(delay);
                return call.send();
            });
        }
        return outcome(calls, race.run(late));
    }

    /** How many deadlocks PostgreSQL has broken so far. */
    long deadlocks() {
        return Long.parseLong(
                database.text("select deadlocks from pg_stat_database where datname = current_database()"));
    }

    private Outcome outcome(List<Change> calls, List<Answer> answers) {
        assertTrue(answers.stream().allMatch(answer -> answer.code() < 500), () -> "a fault: " + calls + " " + answers);
        String[] state = database.text(STATE).split("\n", 4);
        assertEquals("0", state[0], () -> "orphaned or doubled: " + calls);
        assertEquals("0", state[1], () -> "wrong tallies: " + calls);
        assertEquals(idsOfDone(calls, answers), state[2], () -> "remembered: " + calls);
        return new Outcome(answers, state[3]);
    }

    private static String idsOfDone(List<Change> calls, List<Answer> answers) {
        return IntStream.range(0, calls.size())
                .filter(i -> answers.get(i).isDone())
                .mapToObj(i -> calls.get(i).requestId())
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        race.close();
        database.close();
    }
}
