package backoffice.hostile;

import static backoffice.hostile.AttackedService.CUSTOMERS;
import static backoffice.hostile.AttackedService.GREEDY;
import static backoffice.hostile.AttackedService.HONEST;
import static backoffice.hostile.AttackedService.MAX_CONNECTIONS;
import static backoffice.hostile.AttackedService.largestName;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Hostile clients do not stop the service. */
class HostileClientsIT extends HostileIT {

    @Test
    void four_thousand_connections_with_unfinished_headers() throws InterruptedException {
        for (int i = 0; i < 1_400; i++) {
            attack.open("GET / HTTP/1.1\r\nHost: x\r\na: " + "x".repeat(30_000));
            attack.open("GET / HTTP/1.1\r\nHost: x\r\n" + "a:\r\n".repeat(7_500));
            attack.open("GET /" + "x".repeat(30_000));
        }
        Thread.sleep(2000);
    }

    @Test
    void three_thousand_connections_that_send_headers_byte_by_byte() throws InterruptedException {
        attack.open(3_000, "GET / HTTP/1.1\r\nHost: x\r\nx: ");
        repeat(() -> attack.sendOnAll("x"));
    }

    @Test
    void pipelined_requests_whose_answers_nobody_reads() throws InterruptedException {
        String calls = call("GET /customers?limit=20", "").repeat(500);
        attack.open(100, calls);
        repeat(() -> attack.sendOnAll(calls));
    }

    @Test
    void inputs_whose_cost_could_grow_faster_than_their_length() throws InterruptedException {
        String languages = "a-".repeat(8_000);
        String requests = Map.of(
                        "/nope",
                        "Accept-Language: " + languages,
                        Api.BASE_PATH + "/customers/" + "%2f".repeat(3_000),
                        "x: y",
                        Api.BASE_PATH + "/" + "a/../".repeat(3_000),
                        "x: y",
                        "/console/" + "%2e/".repeat(3_000),
                        "Accept-Language: " + languages,
                        Api.BASE_PATH + "/customer_groups?" + "limit=1&".repeat(1_500),
                        "bitkey: " + GREEDY)
                .entrySet()
                .stream()
                .map(request ->
                        "GET " + request.getKey() + " HTTP/1.1\r\nHost: x\r\n" + request.getValue() + "\r\n\r\n")
                .collect(Collectors.joining());
        repeat(() -> {
            attack.open(2, requests);
            attack.readFromAll(1 << 16);
        });
    }

    /** Targets that are not in their normal form cost little. The client needs no key. */
    @Test
    void targets_with_escapes_and_a_number_sign() throws InterruptedException {
        String target = "GET " + Api.BASE_PATH + "/customers/%s# HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        repeat(() -> {
            attack.open(4, target.formatted("%41"));
            attack.open(2, target.formatted("%41".repeat(10_000)));
            attack.readFromAll(1 << 14);
        });
        Thread.sleep(1000);
        attack.readFromAll(1 << 14);
        attack.readFromAll(1 << 14);

        // The service has closed each connection after its answer.
        assertThat(attack.open(), is(0));
    }

    @Test
    void bodies_that_nobody_wants() throws InterruptedException {
        String requests = "POST /nope HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n" + "x".repeat(70_000)
                + "PUT /q/openapi HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n10000\r\n"
                + "x".repeat(0x10000) + "\r\n0\r\n\r\n";
        attack.open(64, requests);
        repeat(() -> {
            attack.open(8, requests);
            attack.readFromAll(1 << 16);
        });
    }

    @Test
    void two_hundred_clients_that_read_the_largest_pages_slowly() throws InterruptedException {
        String call = call("GET /customers?limit=1000", "");
        attack.open(200, call);
        repeat(() -> {
            attack.readFromAll(2048);
            attack.open(ThreadLocalRandom.current().nextInt(8), call);
        });
    }

    @Test
    void batches_whose_answers_are_much_larger_than_they_are() throws InterruptedException {
        String entries = IntStream.range(0, CUSTOMERS)
                .mapToObj(i -> "{\"name\":\"%s\"}".formatted(largestName(i)))
                .collect(Collectors.joining(",", "[", "]"));
        String call = call("PATCH /customers", entries);
        attack.open(24, call);
        repeat(() -> {
            attack.readFromAll(2048);
            attack.open(1, call);
        });
    }

    @Test
    void forty_clients_that_search_for_a_part_of_a_name_in_a_million_groups() throws InterruptedException {
        String search = "{\"querys\":[{\"name\":\"name\",\"op\":\"like\",\"values\":[\"%abcdef%\"]}]}";
        attack.open(40, call("POST /customer_groups/data", search).repeat(10));
        repeat(() -> attack.readFromAll(1 << 16));
        attack.close();
        // Searches that have started go on in PostgreSQL, and the next test would measure them.
        Thread.sleep(4000);
    }

    @Test
    void idle_connections_beyond_their_number() throws InterruptedException {
        for (int i = 0; i < 2 * MAX_CONNECTIONS; i++) {
            attack.open(call("GET /customer_groups/none", ""));
            attack.readFromAll(1 << 12);
        }
        Thread.sleep(2000);
        attack.readFromAll(1 << 12);

        assertThat(attack.open(), is(lessThanOrEqualTo(MAX_CONNECTIONS)));
        assertThat(attack.open(), is(greaterThan(MAX_CONNECTIONS / 2)));
    }

    @Test
    void readers_of_the_largest_changes() throws InterruptedException {
        attack.open(200, call("GET /backoffice/history?limit=100", ""));
        repeat(() -> attack.readFromAll(2048));
    }

    @Test
    void two_thousand_connections_a_second_with_pipelined_calls() throws InterruptedException {
        String calls = call("GET /customers?limit=20", "").repeat(10);
        repeat(() -> {
            attack.open(100, calls);
            attack.readFromAll(1 << 14);
        });
    }

    @Test
    void stalled_large_bodies_leave_a_permit_to_other_vendors() throws Exception {
        String beginning =
                call("POST /customer_groups", "{" + " ".repeat(69_999)).stripTrailing();
        String large = "{\"name\":\"large\"}" + " ".repeat(70_000);
        HonestCaller sender = service.caller(HONEST);
        for (int i = 0; i < 28; i++) {
            attack.open(2, beginning);
            assertEquals(200, sender.send("POST", "/customer_groups", large).statusCode());
        }
    }
}
