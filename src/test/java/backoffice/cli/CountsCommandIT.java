package backoffice.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Outcome;
import backoffice.testsupport.PostgresResource;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command {@code counts}, which verifies the stored row counts and repairs them. */
@Tag("slow")
@QuarkusIntegrationTest
class CountsCommandIT {

    private final Api api = Api.as(Vendors.ACME);

    @BeforeEach
    @AfterEach
    void clean() {
        Sql.clean();
    }

    @Test
    void wrong_row_counts_are_reported_and_repaired() throws Exception {
        // Given customers that were inserted while the triggers were disabled
        api.post("/customer_groups", "{\"name\":\"a\\u009b31m\\u202e\"}").statusCode(200);
        assertThat(run("counts").exitCode(), is(0));
        Sql.execute("""
                alter table customer disable trigger user;
                insert into customer (vendor, name, group_id, reg_date)
                select vendor, 'c' || i, id, now() from customer_group, generate_series(1, 3) i;
                alter table customer enable trigger user
                """);

        // When the row counts are verified
        Outcome verified = run("counts");

        // Then the lists that differ are reported
        assertEquals(
                List.of(
                        "acme, customers: 0 stored, 3 counted",
                        "acme, customers of group \"a\\u009b31m\\u202e\": 0 stored, 3 counted",
                        "2 lists differ."),
                verified.out().lines().toList());
        assertThat(verified.exitCode(), is(1));

        // And the repair corrects them
        Outcome repaired = run("counts", "--repair");
        assertThat(repaired.out(), containsString("2 lists differed and are repaired."));
        assertThat(repaired.err(), repaired.exitCode(), is(0));
        assertThat(run("counts").exitCode(), is(0));
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
        api.get("/customer_groups/" + Api.segment("a\u009b31m\u202e") + "/customers")
                .body("data.total", is(3));
    }

    private static Outcome run(String... command) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(PostgresResource.environment());
        environment.put("BACKOFFICE_BITKEYS_ACME", Vendors.ACME);
        return PackagedApplication.command(environment, command);
    }
}
