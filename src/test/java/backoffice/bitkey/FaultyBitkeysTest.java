package backoffice.bitkey;

import static backoffice.testsupport.StoredKeys.awaitStatus;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Await;
import backoffice.testsupport.LogListener;
import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/adr/0029: a faulty row of the table of keys costs no other key. A table from elsewhere may lack the constraints. */
@Tag("slow")
@QuarkusTest
class FaultyBitkeysTest extends ApiTest {

    private static final String TWIN = "insert into bitkey (vendor, name, digest, read_only)"
            + " select '%s', '%s', digest, false from bitkey where name = 'first'";

    @AutoClose
    private final LogListener log = new LogListener("backoffice.bitkey");

    @BeforeEach
    void without_constraints() {
        Sql.execute("alter table bitkey drop constraint if exists bitkey_digest_key,"
                + " drop constraint if exists bitkey_digest_check");
    }

    @AfterEach
    void clean() {
        StoredKeys.deleteAll();
        Sql.execute("alter table bitkey add constraint bitkey_digest_key unique (digest),"
                + " add constraint bitkey_digest_check check (octet_length(digest) = 32)");
    }

    @Test
    void a_key_of_two_vendors_is_nobodys_and_all_others_are_read() {
        String good = StoredKeys.create("good", false);
        String first = StoredKeys.createKnown("first", false);

        // When another vendor gets the same key
        Sql.execute(TWIN.formatted("globex", "other"));

        // Then nobody has it, and other keys come and go as ever
        awaitStatus(first, 401);
        StoredKeys.createKnown("newer", false);
        Sql.execute("update bitkey set revoked_at = now() where name = 'good'");
        awaitStatus(good, 401);
        awaitWarnings("acme/first, globex/other");

        // And one of them has it again when the other one is revoked
        Sql.execute("update bitkey set revoked_at = now() where name = 'other'");
        awaitStatus(first, 200);
    }

    @Test
    void a_key_with_two_names_is_refused_because_the_names_may_differ_in_what_they_may_do() {
        String first = StoredKeys.createKnown("first", true);

        Sql.execute(TWIN.formatted("acme", "twin"));

        awaitStatus(first, 401);
        awaitWarnings("acme/first, acme/twin");
    }

    @Test
    void rows_with_a_malformed_digest_or_vendor_are_named_once_and_the_others_are_read() {
        Sql.execute("""
                insert into bitkey (vendor, name, digest, read_only) values
                ('acme', 'empty', '', false), ('acme', 'long', sha256('l') || 'x', false),
                ('', 'nobody', sha256('nobody'), false), (' ', 'blank', sha256('blank'), false),
                ('Acme', 'upper', sha256('upper'), false), ('acme.corp', 'point', sha256('point'), false)
                """);
        StoredKeys.createKnown("good", false);

        for (String key : List.of("l", "nobody", "blank", "upper", "point")) {
            Api.as(key).get("/customer_groups").statusCode(401);
        }
        awaitWarnings(" /blank, /nobody, Acme/upper, acme.corp/point, acme/empty, acme/long");
    }

    /** Further readings find the same rows, and say nothing. */
    private void awaitWarnings(String names) {
        Await.sleep(Duration.ofSeconds(3));
        assertEquals(
                List.of(
                        "These bitkeys of the database are refused, because their digest or vendor is malformed, or another"
                                + " bitkey has the same digest: " + names),
                log.messages(Level.WARNING));
    }
}
