package backoffice.bitkey;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Await;
import backoffice.testsupport.Management;
import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 2.1 and 2.2: the key of a call, and what a vendor sees. */
@QuarkusTest
@ExtendWith(StoredKeys.class)
public class AuthenticationTest extends ApiTest {

    private static final String DIGEST_OF_GLOBEX = "f2a455b59b858a04c51108416af2042203cb6ac35fa4141fba4148bc856e78d4";

    @Test
    void a_call_without_a_key_is_1101() {
        RestAssured.get(Api.BASE_PATH + "/customer_groups")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", is("bitkey"))
                .body(is("{\"status\":1101,\"msg\":\"The header \\\"bitkey\\\" is missing.\"}"));
        Api.as("").get("/customer_groups").statusCode(401).body("status", is(1101));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wrong", "acme-ke", "acme-key2",
                "ACME-KEY", "acme-key,acme-key-of-next-year", "acme",
                "sha256:0", "sha256:" + DIGEST_OF_GLOBEX, DIGEST_OF_GLOBEX
            })
    void a_call_with_an_unknown_key_is_1102_and_the_key_is_not_repeated(String bitkey) {
        Api.as(bitkey)
                .get("/customer_groups")
                .statusCode(401)
                .body(is("{\"status\":1102,\"msg\":\"The bitkey is unknown.\"}"));
    }

    @Test
    void every_key_of_a_vendor_reaches_the_same_data() {
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);

        Api.as(Vendors.ACME_ROTATED).get("/customer_groups").body("data.items.name", equalTo(List.of("a")));
    }

    @Test
    void a_client_reads_its_own_key() {
        api.get("/backoffice/key")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"total\":1,\"items\":"
                        + "[{\"vendor\":\"acme\",\"name\":\"configured\",\"readOnly\":false}]}}"));
        String key = StoredKeys.create("ends", true);
        Sql.execute("update bitkey set expires_at = '2099-01-02 03:04:05Z' where name = 'ends'");
        StoredKeys.awaitStatus(key, 200);

        Api.as(key)
                .get("/backoffice/key")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"total\":1,\"items\":[{\"vendor\":\"acme\",\"name\":\"ends\","
                        + "\"readOnly\":true,\"expiresAt\":\"2099-01-02T03:04:05Z\"}]}}"));
        api.post("/backoffice/key", "{}").statusCode(405).body("status", is(1004));
        Api.as("no-such-key").get("/backoffice/key").statusCode(401).body("status", is(1102));
    }

    @Test
    void the_metrics_tell_the_time_until_a_key_expires() {
        String key = StoredKeys.create("soon", false);
        Sql.execute("update bitkey set expires_at = now() + interval '1 hour' where name = 'soon'");
        StoredKeys.awaitStatus(key, 200);

        double seconds = Management.metric("backoffice_bitkeys_expiry_seconds{bitkey=\"soon\",vendor=\"acme\"}");

        assertThat(seconds, allOf(greaterThan(3500.0), lessThanOrEqualTo(3600.0)));
    }

    @Test
    void the_metrics_tell_for_a_month_that_a_key_has_expired_and_how_many_calls_still_come_with_it() {
        String key = StoredKeys.create("late", false);
        StoredKeys.create("forgotten", false);
        Sql.execute("update bitkey set expires_at = now() - interval '1 hour' where name = 'late'");
        Sql.execute("update bitkey set expires_at = now() - interval '31 days' where name = 'forgotten'");
        String late = "{bitkey=\"late\",vendor=\"acme\"}";
        Await.atMost(Duration.ofSeconds(5)).until(() -> {
            Api.as(key).get("/customer_groups").statusCode(401).body("status", is(1102));
            return Management.metric("backoffice_bitkeys_expiry_seconds" + late) < 0;
        });

        // When calls come with the key
        Management.awaitIncrease("backoffice_bitkeys_expired_calls_total" + late, 2, () -> {
            Api.as(key).get("/customer_groups").statusCode(401);
            Api.as(key).get("/customer_groups").statusCode(401);
        });

        // Then other keys have no such metrics, and it has none when it is revoked
        String metrics = Management.get("/q/metrics").extract().asString();
        assertThat(metrics, not(containsString("bitkey=\"forgotten\"")));
        Sql.execute("update bitkey set revoked_at = now()");
        Await.atMost(Duration.ofSeconds(5))
                .until(
                        () -> {
                            Api.as(key).get("/customer_groups").statusCode(401);
                            return Management.get("/q/metrics").extract().asString();
                        },
                        not(containsString("backoffice_bitkeys_expiry_seconds" + late)));
    }

    @Test
    void a_read_only_key_reads_and_searches_and_gets_1103_for_a_change() {
        Api reader = Api.as(StoredKeys.createKnown("reader", true));
        List<String> changes = List.of("""
                POST   /customer_groups             {"name":"b"}
                PATCH  /customer_groups/a           {"name":"b"}
                POST   /customer_groups/a           {"name":"b"}
                DELETE /customer_groups/a
                POST   /customer_groups/a/customers [{"name":"c"}]
                DELETE /customer_groups/a/customers [{"name":"c"}]
                POST   /customers                   [{"name":"c"}]
                PATCH  /customers                   [{"name":"c"}]
                DELETE /customers                   [{"name":"c"}]
                POST   /customers                   not JSON
                DELETE /customers/c
                DELETE /customers/a/c
                """.split("\n"));

        for (String change : changes) {
            String[] parts = (change + " ").split(" +", 3);
            reader.send(parts[0], parts[1], parts[2])
                    .statusCode(403)
                    .body(is("{\"status\":1103,\"msg\":\"The bitkey may read only.\"}"));
        }
        reader.post("/customer_groups/data", "{}").statusCode(200);
        reader.post("/customers/data", "{}").statusCode(200);
    }
}
