package backoffice.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code import} with the user of the service, who does not own the tables (k8s/README.md, Production). */
@Tag("slow")
class ImportAsServiceUserIT {

    private static final String NOTE = "The user of the database does not own the tables";

    private final EmptyDatabase database = new EmptyDatabase();

    @TempDir
    Path directory;

    @BeforeEach
    void two_users() throws Exception {
        PackagedApplication.command(database.environment(), "schema", "migrate");
        database.execute("create role service login password 'service'");
        database.execute("grant select, insert, update, delete on all tables in schema public to service");
    }

    @AfterEach
    void drop() {
        database.execute("drop owned by service; drop role service");
        database.close();
    }

    @Test
    void an_import_that_may_not_refresh_the_statistics_says_so_once() throws Exception {
        Outcome outcome = importOneCustomer();

        assertThat(outcome.err(), outcome.exitCode(), is(0));
        assertThat(outcome.out() + outcome.err(), containsString(NOTE));
        assertThat(outcome.out() + outcome.err(), not(containsString("WARN")));
        assertEquals("1", database.text("select count(*) from customer"));
    }

    @Test
    void an_import_that_may_maintain_the_tables_refreshes_the_statistics() throws Exception {
        database.execute("grant maintain on all tables in schema public to service");

        Outcome outcome = importOneCustomer();

        assertThat(outcome.err(), outcome.exitCode(), is(0));
        assertThat(outcome.out() + outcome.err(), not(containsString(NOTE)));
        assertEquals("1", database.text("select cast(reltuples as int) from pg_class where relname = 'customer'"));
    }

    private Outcome importOneCustomer() throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("items.jsonl"), "{\"customer\":{\"name\":\"a\"}}\n");
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("QUARKUS_DATASOURCE_USERNAME", "service");
        environment.put("QUARKUS_DATASOURCE_PASSWORD", "service");
        environment.put("BACKOFFICE_BITKEYS_ACME", "key of acme");
        environment.put("BACKOFFICE_MIGRATE_AT_START", "false");
        return PackagedApplication.command(environment, "import", file.toString(), "--vendor", "acme");
    }
}
