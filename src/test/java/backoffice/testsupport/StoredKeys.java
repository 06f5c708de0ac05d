package backoffice.testsupport;

import backoffice.bitkey.Bitkey;
import java.time.Duration;
import java.util.HexFormat;

/** Bitkeys of the vendor acme in the database of the tests. */
public final class StoredKeys {

    private StoredKeys() {}

    public static String create(String name, boolean readOnly) {
        String key = Bitkey.generate();
        Sql.execute("insert into bitkey (vendor, name, digest, read_only) values ('acme', '%s', '\\x%s', %s)"
                .formatted(name, HexFormat.of().formatHex(Bitkey.Digest.of(key).bytes()), readOnly));
        return key;
    }

    public static void deleteAll() {
        Sql.execute("delete from bitkey");
    }

    /** Waits up to 5 s until a read with the key gets this HTTP code. */
    public static void awaitStatus(String key, int code) {
        Await.until(
                Duration.ofSeconds(5),
                () -> Api.as(key).get("/customer_groups").extract().statusCode() == code,
                () -> "The key does not get " + code);
    }
}
