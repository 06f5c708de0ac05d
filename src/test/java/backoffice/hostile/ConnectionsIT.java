package backoffice.hostile;

import static backoffice.hostile.AttackedService.GREEDY;
import static backoffice.hostile.AttackedService.HONEST;
import static backoffice.hostile.AttackedService.MAX_CONNECTIONS;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import org.junit.jupiter.api.Test;

/** Connections of hostile clients neither exhaust the memory nor cost others their answers. */
class ConnectionsIT extends HostileIT {

    @Test
    void three_hundred_connections_a_second_without_a_key_cost_no_probe_and_no_client_its_answer() throws Exception {
        String call = "GET " + Api.BASE_PATH + "/customer_groups HTTP/1.1\r\nHost: x\r\n\r\n";
        PatientClient probes = PatientClient.probing(service.managementPort);
        PatientClient late = PatientClient.calling(service.port, HONEST);
        PatientClient lateToo = PatientClient.calling(service.port, HONEST);

        repeat(() -> attack.open(15, call));

        assertServed(20, probes, late, lateToo);
    }

    @Test
    void unfinished_heads_cut_neither_a_download_nor_an_upload() throws Exception {
        String head = "GET / HTTP/1.1\r\nHost: x\r\n" + "a:\r\n".repeat(250);
        PatientClient download = PatientClient.downloading(service.port, GREEDY);
        PatientClient upload = PatientClient.uploading(service.port, HONEST);

        repeat(() -> attack.open(15, head));

        assertServed(0, download, upload);
    }

    @Test
    void unfinished_heads_on_connections_that_have_called_before() throws InterruptedException {
        attackAfterCall("GET /" + "x".repeat(32_000) + " HTTP/1.1\r\nHost: x\r\n" + largeHeaders(250));
    }

    @Test
    void unfinished_bodies_behind_the_largest_heads() throws InterruptedException {
        attackAfterCall("POST " + Api.BASE_PATH + "/customer_groups?x=" + "x".repeat(32_000)
                + " HTTP/1.1\r\nHost: x\r\nContent-Length: 65000\r\nbitkey: " + GREEDY + "\r\n" + largeHeaders(240)
                + "\r\n{\"name\":\"" + "x".repeat(64_000));
    }

    @Test
    void trailers_that_never_end() throws InterruptedException {
        attackAfterCall("POST " + Api.BASE_PATH + "/customer_groups HTTP/1.1\r\nHost: x\r\nbitkey: " + GREEDY
                + "\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n" + "a:\r\n".repeat(8_000));
    }

    @Test
    void thousands_of_pipelined_requests_in_one_packet() throws InterruptedException {
        attackAfterCall("GET / HTTP/1.1\r\n\r\n".repeat(3_500) + "GET / HTTP/1.1\r\n" + "a:\r\n".repeat(8_000));
    }

    private static String largeHeaders(int number) {
        return ("h: " + "v".repeat(120) + "\r\n").repeat(number);
    }

    @Test
    void pipelined_calls_whose_answers_of_sixty_kilobytes_nobody_reads() throws InterruptedException {
        String calls = call("GET /customers?limit=5", "").repeat(400);
        PatientClient newcomer = PatientClient.calling(service.port, HONEST);

        repeat(() -> attack.open(4, calls));

        assertServed(20, newcomer);
    }

    /** Twice the number of connections call, and then send this. Meanwhile, new clients are served. */
    private void attackAfterCall(String text) throws InterruptedException {
        PatientClient newcomer = PatientClient.calling(service.port, HONEST);

        for (int i = 0; i < 2 * MAX_CONNECTIONS; i += 10) {
            // The service answers it with 404 and few bytes.
            attack.open(10, call("GET /customer_groups/none", ""));
            Thread.sleep(50);
        }
        attack.readFromAll(1 << 12);
        repeat(() -> attack.sendOnAll(text));

        assertServed(20, newcomer);
    }

    private void assertServed(int calls, PatientClient... clients) throws InterruptedException {
        attack.close();
        for (PatientClient client : clients) {
            client.stop();
            assertThat(client.failures, is(empty()));
            assertThat(client.answers, is(greaterThan(calls)));
        }
    }
}
