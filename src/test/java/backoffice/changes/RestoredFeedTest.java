package backoffice.changes;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

/**
 * docs/api.md, section 10.2: a reader that knows more than the database is told. The database was restored to an earlier
 * point, or a failover lost the last changes.
 */
@QuarkusTest
@TestProfile(ChangesOn.class)
class RestoredFeedTest extends ApiTest {

    private static final String SAVE = """
            create table saved_change as table change;
            create table saved_sequence as select last_value, is_called from change_position_seq
            """;
    private static final String RESTORE = """
            alter table change disable trigger change_order;
            delete from change;
            insert into change overriding system value select * from saved_change;
            select setval('change_position_seq', last_value, is_called) from saved_sequence;
            alter table change enable trigger change_order
            """;

    private final Api acme = Api.as(Vendors.ACME);
    private final Feed feed = new Feed(Vendors.ACME);

    @AfterEach
    void drop_the_backup() {
        Sql.execute("drop table if exists saved_change, saved_sequence");
    }

    @Test
    void a_reader_of_changes_that_a_restored_database_has_lost_never_skips_others() {
        // Given a reader of each of five changes, of which a backup has two
        create("kept", 2);
        Sql.execute(SAVE);
        create("lost", 3);
        List<String> readers = feed.all().items().stream()
                .map(event -> (String) event.get("id"))
                .toList();
        feed.after(readers.get(0));

        // When the backup is restored, and other changes take the places of the lost ones
        Sql.execute(RESTORE);
        for (int changes = 0; changes < 6; changes++) {
            List<String> after = IntStream.range(0, changes)
                    .mapToObj(i -> "customer.created: - > new" + i)
                    .toList();

            // Then the readers of kept changes go on, and those of lost changes are told
            assertEquals(
                    "customer.created: - > kept1",
                    feed.after(readers.get(0)).lines().get(0));
            assertEquals(after, feed.after(readers.get(1)).lines());
            for (String lost : readers.subList(2, 5)) {
                feed.get("/changes?wait=0&after=" + lost).statusCode(410).body("status", is(4001));
            }
            acme.post("/customers", "[{\"name\":\"new%d\"}]".formatted(changes));
        }
    }

    @Test
    void a_reader_of_a_database_that_has_lost_all_changes_is_told() {
        Sql.execute(SAVE);
        create("lost", 3);
        String cursor = feed.latest();

        Sql.execute(RESTORE);

        feed.get("/changes?after=" + cursor).statusCode(410).body("status", is(4001));
    }

    @Test
    @DisabledIf(
            value = "backoffice.testsupport.CitusCluster#isConfigured",
            disabledReason = "the transaction is open on the coordinator, and the changes are on a worker")
    void what_a_reader_waited_for_before_the_restoration_does_not_hold_back_later_changes() {
        // Given a change that waits for the end of a transaction
        create("kept", 1);
        String cursor = feed.latest();
        Sql.execute(SAVE);
        Sql.duringTransaction("select pg_current_xact_id()", () -> {
            create("lost", 1);
            assertEquals(List.of(), feed.after(cursor).lines());
        });

        // When it is lost
        Sql.execute(RESTORE);
        acme.post("/customers", "[{\"name\":\"new\"}]");

        // Then the next one comes
        assertEquals(List.of("customer.created: - > new"), feed.after(cursor).lines());
    }

    private void create(String name, int changes) {
        IntStream.range(0, changes).forEach(i -> acme.post("/customers", "[{\"name\":\"%s%d\"}]".formatted(name, i)));
    }
}
