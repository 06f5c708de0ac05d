package backoffice.testsupport;

import static org.hamcrest.Matchers.is;

import backoffice.bitkey.Bitkey;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Bitkeys of the vendor acme in the database. As an extension of a class, it deletes them after each of its tests. */
public final class StoredKeys implements AfterEachCallback {

    @Override
    public void afterEach(ExtensionContext test) {
        deleteAll();
    }

    public static String create(String name, boolean readOnly) {
        String key = Bitkey.generate();
        Sql.execute("insert into bitkey (vendor, name, digest, read_only) values ('acme', '%s', '\\x%s', %s)"
                .formatted(name, HexFormat.of().formatHex(Bitkey.Digest.of(key).bytes()), readOnly));
        return key;
    }

    /** Creates a key, and waits until the service knows it. */
    public static String createKnown(String name, boolean readOnly) {
        String key = create(name, readOnly);
        awaitStatus(key, 200);
        return key;
    }

    public static void deleteAll() {
        Sql.execute("delete from bitkey");
    }

    /** Waits up to 5 s until a read with the key gets this HTTP code. */
    public static void awaitStatus(String key, int code) {
        Await.atMost(Duration.ofSeconds(5)).until(() -> Api.as(key).code("/customer_groups"), is(code));
    }
}
