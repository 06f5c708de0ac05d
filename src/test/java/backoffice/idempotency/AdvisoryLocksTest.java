package backoffice.idempotency;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.bitkey.Bitkey;
import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import backoffice.testsupport.SqlConnection;
import backoffice.testsupport.Threads;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/adr/0011: the text of a client chooses no lock of anybody else. */
@QuarkusTest
class AdvisoryLocksTest extends ApiTest {

    private static final String HELD = """
            select string_agg(lock, ',' order by lock) from (
                select distinct lpad(to_hex(cast(classid as bigint) << 32 | cast(objid as bigint)), 16, '0')
                from pg_locks where locktype = 'advisory' and objsubid = 1) held (lock)
            """;

    /** The hash of PostgreSQL can be inverted, so such a key is found within a second. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            row_count of globex   | -000000CW"<:Cn"u,B | /customer_groups {"name":"x"}
            referenceId of globex | -000000"QF!qHN2:1z | /customers [{"name":"x","referenceId":"r"}]
            """)
    void an_idempotency_key_with_the_hash_of_another_vendors_lock_delays_nothing(String lock, String key, String call) {
        // Given an idempotency key whose hash is that of a lock of globex
        assertEquals(
                Sql.text("select hashtextextended('%s', 0)".formatted(lock)),
                Sql.text("select hashtextextended(E'acme\\n%s', 0)".formatted(key)));
        createGroups("a");
        String[] pathAndBody = call.split(" ", 2);
        try (SqlConnection other = new SqlConnection()) {
            // When a change of acme with this key waits for a row
            other.execute("begin; select from customer_group where vendor = 'acme' for update");
            CompletableFuture<Void> change = CompletableFuture.runAsync(
                    () -> api.with("x-bit-req-id", key)
                            .delete("/customer_groups/a")
                            .statusCode(200),
                    Threads.NEW);
            Sql.awaitLockWaits(1);

            // Then globex waits for nothing
            Api.as(Vendors.GLOBEX)
                    .post(pathAndBody[0], pathAndBody[1])
                    .statusCode(200)
                    .time(lessThan(1000L));
            other.execute("rollback");
            change.join();
        }
    }

    @DisabledIf(
            value = "backoffice.testsupport.CitusCluster#isConfigured",
            disabledReason = "pg_locks has the locks of one node")
    @Test
    void each_purpose_has_a_space_of_its_own_and_texts_of_clients_go_through_sha256() {
        createGroups("a");
        try (SqlConnection other = new SqlConnection()) {
            // Given a change with all kinds of locks, which waits for a row that another transaction inserts
            other.execute(
                    "begin; insert into customer (vendor, name, reg_date, reference_id) values ('acme', 'c', now(), 'r')");
            CompletableFuture<Void> change = CompletableFuture.runAsync(
                    () -> api.with("x-bit-req-id", "id-1")
                            .post("/customers", "[{\"name\":\"b\"},{\"name\":\"d\",\"referenceId\":\"r\"}]")
                            .statusCode(200),
                    Threads.NEW);
            Sql.awaitLockWaits(1);

            // Then both hold these locks
            assertThat(
                    Sql.text(HELD), matchesPattern("1[0-9a-f]{15}," + id("3", "acme") + "," + id("4", "acme\nid-1")));
            other.execute("rollback");
            change.join();
        }
    }

    private static String id(String purpose, String text) {
        return purpose
                + HexFormat.of().formatHex(Bitkey.Digest.of(text).bytes()).substring(0, 15);
    }
}
