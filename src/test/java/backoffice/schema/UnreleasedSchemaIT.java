package backoffice.schema;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Outcome;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import io.restassured.RestAssured;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service says about a database with the schema of an unreleased version. */
@Tag("slow")
class UnreleasedSchemaIT {

    private static final String SCRIPT = "src/main/resources/db/optional/upgrade_unreleased_schema.sql";

    @AutoClose
    private final EmptyDatabase database = new EmptyDatabase();

    private final Map<String, String> environment = new HashMap<>(database.environment());

    @BeforeEach
    void create() {
        UnreleasedSchema.create(database, "public");
        environment.put("BACKOFFICE_BITKEYS_ACME", "key of acme");
    }

    @Test
    void a_start_ends_with_one_line_that_says_how_to_upgrade() throws Exception {
        String output;
        try (Running service = PackagedApplication.start(Ports.free(), Ports.free(), environment)) {
            output = service.awaitEnd().output();
        }

        assertOneLineSaysHowToUpgrade(output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void the_command_schema_migrate_says_how_to_upgrade_and_works_after_the_upgrade(String atStart) throws Exception {
        environment.put("BACKOFFICE_MIGRATE_AT_START", atStart);

        Outcome before = PackagedApplication.command(environment, "schema", "migrate");
        UnreleasedSchema.upgrade(database);
        Outcome after = PackagedApplication.command(environment, "schema", "migrate");

        assertThat(before.exitCode(), is(3));
        assertOneLineSaysHowToUpgrade(before.err());
        assertThat(after.err(), after.exitCode(), is(0));
        assertThat(after.out(), matchesPattern("(?s).*Migrations applied: [01]\\. The schema has version [12]\\.\n"));
    }

    @Test
    void a_service_that_does_not_migrate_is_not_ready_and_names_the_table_that_is_missing() throws Exception {
        environment.put("BACKOFFICE_MIGRATE_AT_START", "false");
        int managementPort = Ports.free();
        try (Running service = PackagedApplication.start(Ports.free(), managementPort, environment)) {
            service.awaitListening();

            String health = RestAssured.given()
                    .port(managementPort)
                    .get("/q/health/ready")
                    .then()
                    .statusCode(503)
                    .extract()
                    .asString();

            assertThat(health, containsString("relation \\\"row_count\\\" does not exist (42P01)"));
        }
    }

    private static void assertOneLineSaysHowToUpgrade(String output) {
        List<String> lines =
                output.lines().filter(line -> line.contains(SCRIPT)).toList();
        assertThat(output, lines.size(), is(1));
        assertThat(lines.get(0), containsString("export the data with that version"));
        assertThat(output, not(containsString("\tat ")));
        assertThat(output, not(containsString("checksum")));
    }
}
