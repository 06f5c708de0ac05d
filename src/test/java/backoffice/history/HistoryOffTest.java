package backoffice.history;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** While the history is off, the service and the database do nothing for it. */
@QuarkusTest
@TestProfile(HistoryOffTest.Off.class)
class HistoryOffTest extends ApiTest {

    /** A configuration of its own, so that the service starts after others with the history on. */
    public static class Off implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("backoffice.history", "off");
        }
    }

    @Test
    void its_path_does_not_exist_and_the_database_has_no_trigger_of_it() {
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        api.post("/customers", "[{\"name\":\"x\",\"groupName\":\"a\"}]").statusCode(200);

        assertEquals(0, Sql.number("select count(*) from pg_trigger where tgname like 'history%'"));
        for (String key : List.of(Vendors.ACME, "wrong", "")) {
            Api.as(key).get("/backoffice/history").statusCode(404).body("status", is(1003));
            Api.as(key).post("/backoffice/history", "{}").statusCode(404).body("status", is(1003));
        }
    }
}
