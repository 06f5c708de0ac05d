package backoffice.history;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.OtherSettings;
import backoffice.testsupport.Sql;
import backoffice.testsupport.SqlConnection;
import backoffice.testsupport.SqlRecorder;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With many changes, PostgreSQL reads a page of the history from the newest change on, until the page is full. */
@Tag("slow")
@QuarkusTest
@TestProfile(OtherSettings.class)
class HistoryPlansTest extends ApiTest {

    private static final List<String> FILTERS = List.of(
            "null, null, null, null, null, null, null",
            "'2027-01-01', null, null, null, null, null, null",
            "null, '2027-01-01', null, null, null, null, null",
            "null, null, 'group.deleted', 'li-', 'x', 'a', 'Li'");

    @Test
    void a_page_is_read_from_the_newest_change_on_in_any_plan() {
        Sql.execute("insert into history (vendor, item_id, type, who, after) select 'acme', i, 'customer.created',"
                + " jsonb_build_object('call', i), json_build_object('name', i) from generate_series(1, 200000) i");
        Sql.execute("vacuum analyze history");
        String page = SqlRecorder.statements(
                        () -> api.get("/backoffice/history").statusCode(200))
                .stream()
                .filter(statement -> statement.contains("from history"))
                .findFirst()
                .orElseThrow();

        try (SqlConnection connection = new SqlConnection()) {
            connection.execute("prepare page as " + page);
            for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
                connection.execute("set plan_cache_mode = " + mode);
                for (String filter : FILTERS) {
                    String plan = connection.text(
                            "explain (format json) execute page ('acme', 999999999, " + filter + ", 50, 1000000)");
                    // The search for customers that had a name reads all changes, in an order that does not matter.
                    String changes = plan.split("\"SubPlan\"")[0];
                    assertThat(mode, changes, allOf(containsString("\"Backward\""), not(containsString("Bitmap"))));
                }
            }
        }
    }
}
