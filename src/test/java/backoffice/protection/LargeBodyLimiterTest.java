package backoffice.protection;

import static backoffice.testsupport.RawHttp.head;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Few large bodies are in memory at once, and the others wait for a permit for a short time. */
@QuarkusTest
public class LargeBodyLimiterTest extends ApiTest {

    private static final int MEBIBYTE = 1 << 20;
    private static final int MORE_THAN_THE_PERMITS = 20;

    private final List<Socket> connections = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket connection : connections) {
            connection.close();
        }
    }

    @Test
    void large_bodies_that_arrive_together_are_all_read() {
        List<String> answers = IntStream.range(0, MORE_THAN_THE_PERMITS)
                .parallel()
                .mapToObj(i -> RawHttp.send(large(Vendors.ACME, i)))
                .toList();

        assertThat(answers, everyItem(startsWith("HTTP/1.1 200")));
        assertEquals(MORE_THAN_THE_PERMITS, Sql.number("select count(*) from customer_group"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void while_senders_stall_large_bodies_are_5001_and_small_ones_are_read(boolean isChunked) throws IOException {
        String large = chunked(" ".repeat(MEBIBYTE - 20) + "{\"name\":\"large\"}");
        stall(MORE_THAN_THE_PERMITS);

        assertThat(
                RawHttp.send(isChunked ? large : large(Vendors.ACME, 0)),
                allOf(
                        startsWith("HTTP/1.1 503"),
                        containsString("Retry-After: 1"),
                        containsString("\"status\":5001,")));
        assertThat(RawHttp.send(chunked("{\"name\":\"small\"}")), startsWith("HTTP/1.1 200"));
        api.post("/customer_groups", "{\"name\":\"small\"}").statusCode(200);
    }

    @Test
    void senders_of_one_vendor_that_stall_leave_a_permit_to_another_vendor() throws IOException {
        stall(MORE_THAN_THE_PERMITS);

        for (int i = 0; i < MORE_THAN_THE_PERMITS; i++) {
            assertThat(RawHttp.send(large(Vendors.GLOBEX, i)), startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void a_large_chunked_body_is_read_up_to_the_limit() {
        String name = "{\"name\":\"a\"}";

        assertThat(RawHttp.send(chunked(" ".repeat(MEBIBYTE - name.length()) + name)), startsWith("HTTP/1.1 200"));
        assertThat(
                RawHttp.send(chunked(" ".repeat(MEBIBYTE - name.length() + 1) + name)),
                allOf(startsWith("HTTP/1.1 413"), containsString("\"status\":1005,")));
    }

    @Test
    void a_body_that_was_read_keeps_no_permit_while_its_call_waits() throws InterruptedException {
        List<Thread> calls = new ArrayList<>();
        Sql.duringTransaction("lock table customer_group", () -> {
            IntStream.range(0, MORE_THAN_THE_PERMITS / 2)
                    .mapToObj(i -> new Thread(() -> RawHttp.send(large(Vendors.ACME, i))))
                    .forEach(calls::add);
            calls.forEach(Thread::start);
            Sql.awaitLockWaits(MORE_THAN_THE_PERMITS / 2);
        });
        for (Thread call : calls) {
            call.join();
        }
    }

    /** A request with a chunked body, in chunks of 10,000 bytes. */
    private static String chunked(String body) {
        StringBuilder request = new StringBuilder(head("POST " + Api.BASE_PATH + "/customer_groups", Vendors.ACME))
                .append("Transfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < body.length(); i += 10_000) {
            String part = body.substring(i, Math.min(body.length(), i + 10_000));
            request.append(Integer.toHexString(part.length()))
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        }
        return request.append("0\r\n\r\n").toString();
    }

    private static String large(String bitkey, int i) {
        String body = "{\"name\":\"large " + i + "\"}";
        return headOfLargeBody(bitkey) + body + " ".repeat(MEBIBYTE - body.length());
    }

    private static String headOfLargeBody(String bitkey) {
        return head("POST " + Api.BASE_PATH + "/customer_groups", bitkey) + "Content-Length: " + MEBIBYTE + "\r\n\r\n";
    }

    /** Opens connections that send the first byte of a large body and then stall. */
    private void stall(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Socket connection = new Socket("localhost", RestAssured.port);
            connection
                    .getOutputStream()
                    .write((headOfLargeBody(Vendors.ACME) + "{").getBytes(StandardCharsets.US_ASCII));
            connections.add(connection);
        }
    }
}
