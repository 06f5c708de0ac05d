package backoffice.schema;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Management;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The health check of the schema (docs/operating.md, readiness). */
@QuarkusTest
class SchemaCheckTest extends ApiTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            checksum = checksum + 1, installed_on = '2026-11-03 10:20' | checksum = checksum - 1 | , applied at 2026-11-03 10:20. This version needs
            version = '0.9'                                            | version = '1'           | Run schema migrate.
            success = false                                            | success = true          | Run schema migrate.
            """)
    void a_busy_service_whose_schema_is_that_of_another_version_is_not_ready_and_says_which_it_found(
            String difference, String repair, String reason) {
        readiness().statusCode(200);
        String update = "update flyway_schema_history set %s where installed_rank = 1";
        Sql.execute(update.formatted(difference));
        try {
            api.get("/customer_groups").statusCode(200);

            readiness()
                    .statusCode(503)
                    .body("checks.find { it.name == 'schema' }.data.reason", containsString(reason))
                    .body("checks.find { it.name == 'database' }.status", is("UP"));
        } finally {
            Sql.execute(update.formatted(repair));
        }
        readiness().statusCode(200);
    }

    /** A worker of a Citus cluster has no table of Flyway. */
    @Test
    void a_database_with_the_tables_and_without_that_of_flyway_is_ready() {
        Sql.execute("alter table flyway_schema_history rename to hidden");
        try {
            readiness().statusCode(200);
        } finally {
            Sql.execute("alter table hidden rename to flyway_schema_history");
        }
    }

    private static ValidatableResponse readiness() {
        return Management.get("/q/health/ready");
    }
}
