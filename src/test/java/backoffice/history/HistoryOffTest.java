package backoffice.history;

import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Management;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HistoryOffTest extends ApiTest {

    @Test
    void its_path_does_not_exist_the_database_has_no_trigger_of_it_and_readiness_does_not_ask_for_one() {
        assertEquals(0, Sql.number("select count(*) from pg_trigger where tgname like 'history%'"));
        for (String key : List.of(Vendors.ACME, "wrong", "")) {
            Api.as(key).get("/backoffice/history").statusCode(404).body("status", is(1003));
            Api.as(key).post("/backoffice/history", "{}").statusCode(404).body("status", is(1003));
        }
        Object shown = RestAssured.get("/q/openapi?format=json")
                .path("components.responses.HistoryOff.content.'application/json'.examples.historyOff.value");
        api.get("/backoffice/history").body("$", is(shown));
        Management.get("/q/health/ready").statusCode(200).body("checks.name", not(hasItem("history")));
    }
}
