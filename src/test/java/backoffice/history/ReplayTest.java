package backoffice.history;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.Bash;
import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.OtherSettings;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;

/** docs/clients/replay.py, with another vendor as the other server. */
@QuarkusTest
@TestProfile(OtherSettings.class)
class ReplayTest extends ApiTest {

    private static final String COMMAND = """
            export URL=http://localhost:%1$d%2$s BITKEY=%3$s TARGET_URL=http://localhost:%1$d%2$s TARGET_BITKEY=%4$s
            python3 docs/clients/replay.py 2026-01-01""";

    private final Api other = Api.as(Vendors.GLOBEX);

    @Test
    void the_changes_of_a_history_of_several_pages_are_made_again_on_another_server() {
        // Given changes of each type, more than a page has
        Bash.require("python3");
        createGroups("a/b 组", "c");
        api.post("/customers", Api.batch(0, 120, "{\"name\":\"x%d\",\"groupName\":\"c\"}"::formatted))
                .statusCode(200);
        String group = "/customer_groups/" + Api.segment("a/b 组");
        api.patch("/customers", """
                [{"name":"x1","groupName":"c","city":"武汉"},{"name":"x2","groupName":"c","newName":"y","city":"成都"}]
                """).statusCode(200);
        api.post(group + "/customers", "[{\"name\":\"x3\",\"groupName\":\"c\"}]")
                .body("status", is(0));
        api.delete("/customer_groups/c/customers", "[{\"name\":\"x4\"}]").statusCode(200);
        api.delete("/customers/c/x5").statusCode(200);
        createGroups("gone");
        api.delete("/customer_groups/gone").statusCode(200);
        api.patch(group, "{\"name\":\"renamed\"}").statusCode(200);
        String command = COMMAND.formatted(RestAssured.port, Api.BASE_PATH, Vendors.ACME, Vendors.GLOBEX);

        // When
        String printed = Bash.output(command);
        String before = list(other, "/customers");
        String sent = Bash.output(command + " --send");

        // Then
        assertEquals(printed, sent);
        assertThat(sent, not(containsString("refused")));
        assertThat(before, containsString("\"total\":0"));
        assertEquals(list(api, "/customers"), list(other, "/customers"));
        assertEquals(list(api, "/customer_groups"), list(other, "/customer_groups"));
    }

    private static String list(Api api, String path) {
        return api.get(path + "?limit=1000").statusCode(200).extract().asString();
    }
}
