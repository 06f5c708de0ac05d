package backoffice.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import org.junit.jupiter.api.Test;

/** Request targets that are not in their normal form cost little. The client needs no key. */
class HostileTargetsIT extends HostileIT {

    private static final String CUSTOMERS = Api.BASE_PATH + "/customers/";

    @Test
    void escapes_and_a_number_sign_are_answered() throws InterruptedException {
        byte[] shortTarget = get(CUSTOMERS + "%41#");
        byte[] longTarget = get(CUSTOMERS + "%41".repeat(10_000) + "#");

        try (HostileConnections attack = new HostileConnections(service.port)) {
            repeat(() -> {
                attack.open(4, shortTarget);
                attack.open(2, longTarget);
                attack.readFromAll(1 << 14);
            });
            Thread.sleep(1000);
            attack.readFromAll(1 << 14);
            attack.readFromAll(1 << 14);

            // The service has closed each connection after its answer.
            assertThat(attack.open(), is(0));
        }
    }

    private static byte[] get(String target) {
        return ("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(UTF_8);
    }
}
