package backoffice.protection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/adr/0033: the number of connections follows the limit of descriptors too. */
@Tag("slow")
class FewDescriptorsIT {

    private static final String KEY = "few-descriptors-key";

    /** A JVM has 200 libraries open too. */
    private static final int DESCRIPTORS = PackagedApplication.isNative() ? 200 : 600;

    private static final int CLIENTS = DESCRIPTORS + 50;
    private static final int MILLIS_TO_ANSWER = 40_000;

    @Test
    void more_clients_than_the_process_can_open_files_are_all_answered() throws Exception {
        try (EmptyDatabase database = new EmptyDatabase();
                Running service = PackagedApplication.startWithDescriptors(
                        DESCRIPTORS, database.environment("BACKOFFICE_BITKEYS_A=" + KEY))) {
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(call(service.port()));
            }

            // Clients keep their connections, and the service closes those that rest.
            for (Socket client : clients) {
                assertThat(new String(client.getInputStream().readNBytes(15), US_ASCII), is("HTTP/1.1 200 OK"));
            }
            for (Socket client : clients) {
                client.close();
            }
            // The pool has its connections, and the management port answers.
            Await.atMost(Duration.ofSeconds(10)).until(() -> service.as(KEY).code("/customer_groups"), is(200));
            service.management("/q/health").statusCode(200);
        }
    }

    private static Socket call(int port) throws IOException {
        Socket client = new Socket("localhost", port);
        client.setSoTimeout(MILLIS_TO_ANSWER);
        client.getOutputStream()
                .write(("GET " + Api.BASE_PATH + "/backoffice/key HTTP/1.1\r\nHost: localhost\r\nbitkey: " + KEY
                                + "\r\n\r\n")
                        .getBytes(US_ASCII));
        return client;
    }
}
