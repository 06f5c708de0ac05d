package backoffice.hostile;

import static backoffice.hostile.AttackedService.GREEDY;
import static backoffice.hostile.AttackedService.HONEST;
import static backoffice.hostile.AttackedService.MAX_CONNECTIONS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections of hostile clients neither exhaust the memory nor cost others their answers. */
class ConnectionsIT extends HostileIT {

    /** The service answers it with 404 and few bytes. */
    private static final byte[] CALL = call("/customer_groups/none").getBytes(UTF_8);

    private static String call(String path) {
        return "GET " + Api.BASE_PATH + path + " HTTP/1.1\r\nHost: x\r\nbitkey: " + GREEDY + "\r\n\r\n";
    }

    @Test
    void three_hundred_connections_a_second_without_a_key_cost_no_probe_and_no_client_its_answer() throws Exception {
        byte[] call = ("GET " + Api.BASE_PATH + "/customer_groups HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(UTF_8);
        PatientClient probes = PatientClient.probing(service.managementPort);
        PatientClient late = PatientClient.calling(service.port, HONEST);
        PatientClient lateToo = PatientClient.calling(service.port, HONEST);

        try (HostileConnections attack = new HostileConnections(service.port)) {
            repeat(() -> attack.open(15, call));
        }

        assertServed(probes);
        assertServed(late);
        assertServed(lateToo);
    }

    @Test
    void unfinished_heads_cut_neither_a_download_nor_an_upload() throws Exception {
        byte[] head = ("GET / HTTP/1.1\r\nHost: x\r\n" + "a:\r\n".repeat(250)).getBytes(UTF_8);
        PatientClient download = PatientClient.downloading(service.port, GREEDY);
        PatientClient upload = PatientClient.uploading(service.port, HONEST);

        try (HostileConnections attack = new HostileConnections(service.port)) {
            repeat(() -> attack.open(15, head));
        }

        for (PatientClient client : List.of(download, upload)) {
            client.stop();
            assertThat(client.failures, is(empty()));
            assertThat(client.answers, is(greaterThan(0)));
        }
    }

    @Test
    void unfinished_heads_on_connections_that_have_called_before() throws InterruptedException {
        String headers = ("h: " + "v".repeat(120) + "\r\n").repeat(250);
        byte[] head = ("GET /" + "x".repeat(32_000) + " HTTP/1.1\r\nHost: x\r\n" + headers).getBytes(UTF_8);

        attackAfterCall(head);
    }

    @Test
    void unfinished_bodies_behind_the_largest_heads() throws InterruptedException {
        String headers = ("h: " + "v".repeat(120) + "\r\n").repeat(240);
        byte[] request = ("POST " + Api.BASE_PATH + "/customer_groups?x=" + "x".repeat(32_000)
                        + " HTTP/1.1\r\nHost: x\r\nContent-Length: 65000\r\nbitkey: " + GREEDY + "\r\n" + headers
                        + "\r\n{\"name\":\"" + "x".repeat(64_000))
                .getBytes(UTF_8);

        attackAfterCall(request);
    }

    @Test
    void trailers_that_never_end() throws InterruptedException {
        byte[] request = ("POST " + Api.BASE_PATH + "/customer_groups HTTP/1.1\r\nHost: x\r\nbitkey: " + GREEDY
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n" + "a:\r\n".repeat(8_000))
                .getBytes(UTF_8);

        attackAfterCall(request);
    }

    @Test
    void thousands_of_pipelined_requests_in_one_packet() throws InterruptedException {
        byte[] requests = ("GET / HTTP/1.1\r\n\r\n".repeat(3_500) + "GET / HTTP/1.1\r\n" + "a:\r\n".repeat(8_000))
                .getBytes(UTF_8);

        attackAfterCall(requests);
    }

    @Test
    void pipelined_calls_whose_answers_of_sixty_kilobytes_nobody_reads() throws InterruptedException {
        byte[] calls = call("/customers?limit=5").repeat(400).getBytes(UTF_8);
        PatientClient newcomer = PatientClient.calling(service.port, HONEST);

        try (HostileConnections attack = new HostileConnections(service.port)) {
            repeat(() -> attack.open(4, calls));
        }

        assertServed(newcomer);
    }

    /** Twice the number of connections call, and then send this. Meanwhile, new clients are served. */
    private void attackAfterCall(byte[] bytes) throws InterruptedException {
        PatientClient newcomer = PatientClient.calling(service.port, HONEST);

        try (HostileConnections attack = new HostileConnections(service.port)) {
            for (int i = 0; i < 2 * MAX_CONNECTIONS; i += 10) {
                attack.open(10, CALL);
                Thread.sleep(50);
            }
            attack.readFromAll(1 << 12);
            repeat(() -> attack.sendOnAll(bytes));
        }

        assertServed(newcomer);
    }

    private static void assertServed(PatientClient client) throws InterruptedException {
        client.stop();
        assertThat(client.failures, is(empty()));
        assertThat(client.answers, is(greaterThan(20)));
    }
}
