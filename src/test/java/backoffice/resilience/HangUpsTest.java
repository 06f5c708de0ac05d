package backoffice.resilience;

import static backoffice.testsupport.RawHttp.head;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Management;
import backoffice.testsupport.Race;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.Seeds;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A call whose client closes the connection during it is done as a whole or not at all. */
@Tag("slow")
@QuarkusTest
public class HangUpsTest extends ApiTest {

    private static final int CALLS = Integer.getInteger("hangups.calls", 1000);
    private static final int CALLERS = 8;
    private static final int EVERY_NTH_STAYS = 10;
    private static final int MAX_MICROS = 10_000;

    @Test
    void after_many_hang_ups_no_batch_is_partial_or_lost_and_no_transaction_is_open() {
        Queue<Integer> answered = new ConcurrentLinkedQueue<>();
        Race.run(IntStream.range(0, CALLERS)
                .<Callable<Integer>>mapToObj(caller -> () -> {
                    Random random = Seeds.random(caller);
                    for (int number = caller; number < CALLS; number += CALLERS) {
                        if (number % EVERY_NTH_STAYS == 0) {
                            int code = api.post("/customers", NumberedBatches.body(number))
                                    .statusCode(is(oneOf(200, 503)))
                                    .extract()
                                    .statusCode();
                            if (code == 200) {
                                answered.add(number);
                            }
                        } else {
                            hangUp(number, random);
                        }
                    }
                    return 0;
                })
                .toList());
        Sql.awaitAllIdle();

        assertEquals(0, Sql.number(NumberedBatches.COUNT_PARTIAL), "batches that are partial");
        assertEquals(0, Sql.number(NumberedBatches.countMissing(answered)), "batches that were answered and are lost");
        assertTrue(
                Sql.number(NumberedBatches.COUNT_COMPLETE) > answered.size(), "none that was hung up on was ever done");
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));

        // Every call with an idempotency key can be sent again, and is then done once
        for (int number = 1; number < CALLS; number += 2) {
            api.with("x-bit-req-id", "hang-up-" + number)
                    .post("/customers", NumberedBatches.body(number))
                    .statusCode(200);
        }
        assertEquals(CALLS / 2, Sql.number("select count(*) from stored_response"));
    }

    @Test
    void a_change_is_done_even_if_its_client_hangs_up_before_it_begins() {
        String metric = "backoffice_calls_total{call=\"POST /customer_groups\",status=\"hung up\",vendor=\"acme\"}";
        String request = RawHttp.request(
                head("POST " + Api.BASE_PATH + "/customer_groups", Vendors.ACME) + "x-bit-req-id: hang-up\r\n",
                "{\"name\":\"a\"}");

        Sql.duringTransaction(
                "lock table stored_response",
                () -> Management.awaitIncrease(
                        metric, 1, () -> RawHttp.sendAndHangUp(RestAssured.port, request, 1000)));

        Sql.await("select count(*) from customer_group where name = 'a'", 1);
        Sql.await("select count(*) from stored_response where idempotency_key = 'hang-up'", 1);
    }

    /** Sends a batch, with an idempotency key if its number is odd, and closes the connection soon. */
    private static void hangUp(int number, Random random) throws IOException, InterruptedException {
        String key = number % 2 == 0 ? "" : "x-bit-req-id: hang-up-" + number + "\r\n";
        String request = RawHttp.request(
                head("POST " + Api.BASE_PATH + "/customers", Vendors.ACME) + key, NumberedBatches.body(number));
        try (Socket client = new Socket("localhost", RestAssured.port)) {
            client.setSoLinger(random.nextBoolean(), 0);
            client.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            TimeUnit.MICROSECONDS.sleep(random.nextInt(MAX_MICROS));
        }
    }
}
