package backoffice.vendor;

import static backoffice.testsupport.StoredKeys.awaitStatus;

import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/api.md, section 2.3: keys in the database. A new or revoked key is in force within five seconds. */
@Tag("slow")
@QuarkusTest
class StoredBitkeysTest {

    @BeforeEach
    @AfterEach
    void no_keys() {
        Sql.clean();
        StoredKeys.deleteAll();
    }

    @Test
    void a_key_expires_at_its_time() {
        String key = StoredKeys.create("soon", false);
        Sql.execute("update bitkey set expires_at = now() + interval '4 seconds'");

        awaitStatus(key, 200);
        Sql.await("select count(*) from bitkey where last_used_on = current_date", 1);
        awaitStatus(key, 401);
    }
}
