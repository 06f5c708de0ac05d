package backoffice.docs;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The commands of docs/backup.md bring back what that page says. */
@Tag("slow")
class BackupIT {

    private static final Page PAGE = Page.of("docs/backup.md");
    private static final String ROW_COUNTS = PAGE.blocks("sql").get(0).text();
    private static final String KEY_OF_CONFIGURATION = "configured";

    @Test
    void a_dump_and_a_recovery_bring_back_rows_counts_keys_stored_responses_and_changes() throws Exception {
        Bash.require("openssl");
        try (ArchivingPostgres postgres =
                new ArchivingPostgres(PAGE.blocks("ini").get(0).text())) {
            // Given a service whose data are in a dump, in a base backup and in the archive
            createDatabase(postgres);
            String key = keyOfDatabase(postgres);
            String moment;
            try (Service service = new Service(postgres.url())) {
                run(postgres, "pg_basebackup");
                service.create("kept", key);
                moment = postgres.query("select clock_timestamp()");
                run(postgres, "pg_dump");

                // When more is changed, and the database is restored to the moment before
                service.create("lost", key);
            }
            postgres.awaitArchived();
            run(postgres, "createdb");
            run(postgres, "pg_switch_wal", "2026-11-27 02:30:00+08", moment);

            // Then what was there comes back, and what came later does not
            for (String url : List.of(postgres.url() + "_restored", postgres.urlOfRestored())) {
                assertEquals("", postgres.query(url, ROW_COUNTS));
                try (Service service = new Service(url)) {
                    service.get("/bitanswer/api/customers", key).body("data.items.name", contains("kept"));
                    service.create("kept", key).header("x-bit-req-replayed", is("true"));
                    service.get("/bitanswer/api/backoffice/history", key)
                            .body("data.items.after.name", contains("kept"));
                }
            }
        }
    }

    private static Shell block(String word) {
        return PAGE.blocks("sh").stream()
                .filter(block -> block.text().contains(word))
                .findFirst()
                .orElseThrow();
    }

    private static void run(ArchivingPostgres postgres, String word) {
        run(postgres, word, "", "");
    }

    /** Runs the block with that word, with another text instead of one. */
    private static void run(ArchivingPostgres postgres, String word, String text, String other) {
        postgres.asOwner(block(word).commands().stream()
                .map(command -> postgres.here(command.text().replace(text, other)))
                .toArray(String[]::new));
    }

    private static void createDatabase(ArchivingPostgres postgres) {
        String sql = Page.of("k8s/README.md").blocks("sql").get(0).text().replace("'…'", "'change-me'");
        postgres.asOwner("psql --no-psqlrc --set=ON_ERROR_STOP=1 postgres <<'SQL'\n" + sql + "\nSQL");
    }

    private static String keyOfDatabase(ArchivingPostgres postgres) throws Exception {
        return PackagedApplication.command(
                        environment(postgres.url()), "keys", "create", "--vendor", "acme", "--name", "ci")
                .out()
                .strip();
    }

    private static Map<String, String> environment(String url) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", url);
        environment.put("QUARKUS_DATASOURCE_USERNAME", "customer_groups");
        environment.put("QUARKUS_DATASOURCE_PASSWORD", "change-me");
        environment.put("QUARKUS_DATASOURCE_MIGRATION_USERNAME", "customer_groups_migration");
        environment.put("BACKOFFICE_BITKEYS_ACME", KEY_OF_CONFIGURATION);
        environment.put("BACKOFFICE_HISTORY", "on");
        return environment;
    }

    /** The service on a database. */
    private static final class Service implements AutoCloseable {

        private final int port = Ports.free();
        private final Running running;

        Service(String url) throws IOException, InterruptedException {
            running = PackagedApplication.start(port, Ports.free(), environment(url));
            running.awaitListening();
        }

        /** Creates a customer, with its name as the idempotency key too. */
        ValidatableResponse create(String name, String key) {
            return request(key)
                    .header("x-bit-req-id", name)
                    .contentType("application/json")
                    .body("[{\"name\":\"%s\"}]".formatted(name))
                    .post("/bitanswer/api/customers")
                    .then()
                    .statusCode(200);
        }

        ValidatableResponse get(String path, String key) {
            return request(key).get(path).then();
        }

        private RequestSpecification request(String key) {
            return RestAssured.given().port(port).header("bitkey", key);
        }

        @Override
        public void close() {
            running.close();
        }
    }
}
