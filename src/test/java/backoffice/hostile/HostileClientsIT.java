package backoffice.hostile;

import static backoffice.hostile.AttackedService.CUSTOMERS;
import static backoffice.hostile.AttackedService.GREEDY;
import static backoffice.hostile.AttackedService.GROUPS;
import static backoffice.hostile.AttackedService.HONEST;
import static backoffice.hostile.AttackedService.MAX_CONNECTIONS;
import static backoffice.hostile.AttackedService.largestName;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.HostileConnections;
import backoffice.testsupport.RawConnection;
import backoffice.testsupport.ReverseProxy;
import backoffice.testsupport.Threads;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile clients neither stop the service nor cost others their answers. */
class HostileClientsIT extends HostileIT {

    /** Without triggers, they are neither counted nor recorded. In the order of the index, they are inserted faster. */
    private static final String INSERT_GROUPS = "set session_replication_role = replica;"
            + "insert into customer_group (vendor, name)"
            + " select 'greedy', md5(cast(i as text)) as name from generate_series(1, " + GROUPS + ") i order by name";

    private static final String RUNNING_SEARCHES = "select count(*) from pg_stat_activity"
            + " where state = 'active' and query like '%customer_group%' and pid <> pg_backend_pid()"
            + " and now() - query_start > interval '200 ms'";

    @BeforeAll
    void create_groups() {
        service.database.execute(INSERT_GROUPS);
        service.database.execute("vacuum analyze customer_group");
    }

    @Test
    void three_thousand_connections_that_send_headers_byte_by_byte() throws InterruptedException {
        attack.open(3_000, "GET / HTTP/1.1\r\nHost: x\r\nx: ");
        repeat(() -> attack.sendOnAll("x"));
    }

    @Test
    void targets_with_escapes_and_a_number_sign() throws InterruptedException {
        String target = "GET " + Api.BASE_PATH + "/customers/%s# HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        repeat(() -> {
            attack.open(4, target.formatted("%41"));
            attack.open(2, target.formatted("%41".repeat(10_000)));
            attack.readFromAll(1 << 14);
        });
        Await.atMost(Duration.ofSeconds(2)).until(() -> attack.readFromAll(1 << 14), is(0));
    }

    @Test
    void bodies_that_nobody_wants() throws InterruptedException {
        String requests = "POST /nope HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n" + "x".repeat(70_000)
                + "PUT /q/openapi HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n10000\r\n"
                + "x".repeat(0x10000) + "\r\n0\r\n\r\n";
        flood(requests, 64, 8, 1 << 16);
    }

    @Test
    void two_hundred_clients_that_read_the_largest_pages_slowly() throws InterruptedException {
        flood(call("GET /customers?limit=1000", ""), 200, 4, 2048);
    }

    @Test
    void batches_whose_answers_are_much_larger_than_they_are() throws InterruptedException {
        String entries = Api.batch(0, CUSTOMERS, i -> "{\"name\":\"%s\"}".formatted(largestName(i)));
        flood(call("PATCH /customers", entries), 24, 1, 2048);
    }

    @Test
    void forty_clients_that_search_for_a_part_of_a_name_in_a_million_groups() throws InterruptedException {
        String search = "{\"querys\":[{\"name\":\"name\",\"op\":\"like\",\"values\":[\"%abcdef%\"]}]}";
        flood(call("POST /customer_groups/data", search).repeat(10), 40, 0, 1 << 16);
        attack.close();
        // Searches that have started go on in PostgreSQL, and the next test would measure them.
        Await.atMost(Duration.ofSeconds(10))
                .until(() -> service.metrics("backoffice_bulkhead_held").stream()
                                .noneMatch(line -> line.contains("\"greedy\"") && !line.endsWith(" 0.0"))
                        && service.database.text(RUNNING_SEARCHES).equals("0"));
    }

    @Test
    void a_client_that_comes_while_all_connections_rest_is_answered_after_some_seconds() {
        // Given a port that tells operators that it is full
        attack.open(MAX_CONNECTIONS, call("GET /customer_groups/none", ""));
        String full = "{port=\"%d\"} %d.0".formatted(service.port, MAX_CONNECTIONS);
        assertThat(service.metrics("backoffice_connections_max"), hasItem("backoffice_connections_max" + full));
        assertThat(service.metrics("backoffice_connections_open"), hasItem("backoffice_connections_open" + full));

        assertEquals(200, service.caller(HONEST).code("GET", "/customer_groups", ""));
    }

    static Stream<String> beginnings() {
        return Stream.of(
                "",
                "GET " + Api.BASE_PATH + "/customer_groups HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST " + Api.BASE_PATH + "/customers HTTP/1.1\r\nHost: x\r\nbitkey: " + GREEDY
                        + "\r\nExpect: 100-continue\r\nContent-Length: 100000\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    void no_more_connections_are_accepted_than_fit_the_heap(String text) throws Exception {
        AtomicLong most = new AtomicLong();

        // When thousands of connections a second come and go
        long end = endOfAttack();
        while (System.nanoTime() < end) {
            attack.openAndClose(500, text);
            most.accumulateAndGet(service.sockets(), Math::max);
        }

        // Then the others wait in the kernel
        assertThat(most.get(), is(lessThan(MAX_CONNECTIONS + 100L)));
    }

    @Test
    void pipelined_calls_whose_answers_are_read_take_no_further_memory() throws InterruptedException {
        double before = service.directBytes();
        AtomicReference<Double> most = new AtomicReference<>(before);

        Threads.NEW.execute(this::pipeline);
        Threads.NEW.execute(this::pipeline);
        repeat(() -> most.accumulateAndGet(service.directBytes(), Math::max));

        assertThat(most.get() - before, is(lessThan(16e6)));
    }

    /** Sends calls without a key as fast as the service takes them, and reads all answers. */
    private void pipeline() {
        byte[] calls = ("GET " + Api.BASE_PATH + "/customers HTTP/1.1\r\nHost: x\r\n\r\n")
                .repeat(2000)
                .getBytes(StandardCharsets.UTF_8);
        long end = endOfAttack();
        try (Socket connection = new Socket("localhost", service.port)) {
            Threads.NEW.execute(() -> readAll(connection));
            while (System.nanoTime() < end) {
                connection.getOutputStream().write(calls);
            }
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    private static void readAll(Socket connection) {
        try {
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // The attack is over.
        }
    }

    @Test
    void strangers_who_hold_all_connections_cut_no_running_call_and_no_connection_that_rests_for_a_moment()
            throws Exception {
        // Given renames that wait for PostgreSQL, and a connection that rests after an answer
        List<RawConnection> clients =
                Stream.generate(() -> new RawConnection(service.port)).limit(9).toList();
        HonestCaller owner = service.caller(HONEST);
        for (int i = 0; i < clients.size(); i++) {
            assertEquals(200, owner.code("POST", "/customer_groups", "{\"name\":\"waiting " + i + "\"}"));
            assertThat(clients.get(i).send(renaming(i), true), startsWith("HTTP/1.1 200"));
        }
        List<CompletableFuture<String>> answers = new ArrayList<>();

        // When strangers take all other connections, each with a file of the console and then a byte now and then
        attack.open(MAX_CONNECTIONS, "GET /console/icon.svg HTTP/1.1\r\nHost: x\r\n\r\n");
        service.database.duringTransaction(
                "select 1 from customer_group where name like 'waiting%' for update",
                () -> {
                    for (int i = 1; i < clients.size(); i++) {
                        RawConnection client = clients.get(i);
                        byte[] renaming = renaming(i);
                        answers.add(CompletableFuture.supplyAsync(() -> client.send(renaming, true), Threads.NEW));
                    }
                    for (int i = 0; i < 5; i++) {
                        Await.sleep(Duration.ofMillis(200));
                        attack.sendOnAll("G");
                    }
                });

        // Then each client has its answer
        answers.forEach(answer -> assertThat(answer.join(), startsWith("HTTP/1.1 200")));
        assertThat(clients.get(0).send(renaming(0), true), startsWith("HTTP/1.1 200"));
    }

    private static byte[] renaming(int number) {
        return call("PATCH /customer_groups/waiting%20" + number, "{\"name\":\"waiting " + number + "\"}")
                .replace(GREEDY, HONEST)
                .getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "haproxy"})
    void behind_a_proxy_clients_that_hang_up_at_once_cost_nobody_a_call(String program) throws Exception {
        String change = call("POST /customer_groups", "{\"name\":\"abandoned\"}");
        try (ReverseProxy proxy =
                program.equals("nginx") ? ReverseProxy.nginx(service.port) : ReverseProxy.haproxy(service.port)) {
            HonestCaller other = new HonestCaller(proxy.port(), HONEST, program);
            HostileConnections strangers = new HostileConnections(proxy.port(), "127.0.0.2");
            other.start();

            repeat(() -> strangers.openAndClose(100, change));
            other.stop();

            assertThat(other.failures, is(empty()));
            assertThat(other.answers, is(greaterThan(LEAST_ANSWERS)));
        }
    }

    @Test
    void readers_of_the_largest_changes() throws InterruptedException {
        flood(call("GET /backoffice/history?limit=100", ""), 200, 0, 2048);
    }

    @Test
    void two_thousand_connections_a_second_with_pipelined_calls() throws InterruptedException {
        flood(call("GET /customers?limit=20", "").repeat(10), 0, 100, 1 << 14);
    }

    @Test
    void two_slow_readers_of_the_largest_pages_leave_pages_and_batches_to_another_vendor() throws Exception {
        // Given pages that have more than half of the memory for answers
        describeCustomers("😀".repeat(2000));
        String batch = Api.batch(0, 100, "{\"name\":\"honest %03d\",\"city\":\"Wuhan\"}"::formatted);
        HonestCaller other = service.caller(HONEST);
        Set<Integer> codes = new HashSet<>();

        // When both read 60 kB a second
        attack.open(2, call("GET /customers?limit=1000", ""));
        repeat(() -> {
            attack.readFromAll(3000);
            codes.add(other.code("GET", "/customers?limit=1000", ""));
            codes.add(other.code("PATCH", "/customers", batch));
        });

        // Then no call of the other vendor fails
        assertEquals(Set.of(200), codes);
        attack.close();
        describeCustomers("字".repeat(2000));
    }

    @Test
    void three_hundred_connections_a_second_without_a_key_cost_no_probe_and_no_connected_client_its_answer()
            throws Exception {
        String call = "GET " + Api.BASE_PATH + "/customer_groups HTTP/1.1\r\nHost: x\r\n\r\n";
        PatientClient probes = PatientClient.probing(service.process.managementPort());
        PatientClient connected = PatientClient.calling(service.port, HONEST);

        repeat(() -> attack.open(15, call));

        assertServed(LEAST_ANSWERS, probes, connected);
    }

    @Test
    void unfinished_heads_cut_neither_a_download_nor_an_upload() throws Exception {
        String head = "GET / HTTP/1.1\r\nHost: x\r\n" + "a:\r\n".repeat(250);
        awaitDone("GET", "/customers?limit=700", "");
        PatientClient download = PatientClient.downloading(service.port, GREEDY);
        PatientClient upload = PatientClient.uploading(service.port, HONEST);

        repeat(() -> attack.open(15, head));

        assertServed(0, download, upload);
    }

    static Stream<String> texts() {
        String post =
                "POST " + Api.BASE_PATH + "/customer_groups?x=%s HTTP/1.1\r\nHost: x\r\nbitkey: " + GREEDY + "\r\n";
        String headers = ("h: " + "v".repeat(120) + "\r\n").repeat(240);
        return Stream.of(
                // An unfinished head
                "GET /" + "x".repeat(32_000) + " HTTP/1.1\r\nHost: x\r\n" + headers,
                // An unfinished body behind the largest head
                post.formatted("x".repeat(32_000)) + headers + "Content-Length: 65000\r\n\r\n{\"name\":\""
                        + "x".repeat(64_000),
                // Trailers that never end
                post.formatted("") + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n" + "a:\r\n".repeat(8_000),
                // Thousands of pipelined requests in one packet
                "GET / HTTP/1.1\r\n\r\n".repeat(3_500) + "GET / HTTP/1.1\r\n" + "a:\r\n".repeat(8_000));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void twice_the_number_of_connections_that_have_called_before(String text) throws InterruptedException {
        PatientClient connected = PatientClient.calling(service.port, HONEST);

        for (int i = 0; i < 2 * MAX_CONNECTIONS; i += 10) {
            // The service answers it with 404 and few bytes.
            attack.open(10, call("GET /customer_groups/none", ""));
            Thread.sleep(25);
        }
        attack.readFromAll(1 << 12);
        repeat(() -> attack.sendOnAll(text));

        assertServed(LEAST_ANSWERS, connected);
    }

    @Test
    void pipelined_calls_whose_answers_of_sixty_kilobytes_nobody_reads() throws InterruptedException {
        String calls = call("GET /customers?limit=5", "").repeat(400);
        PatientClient connected = PatientClient.calling(service.port, HONEST);

        repeat(() -> attack.open(4, calls));

        assertServed(LEAST_ANSWERS, connected);
    }

    @Test
    void a_request_of_a_client_that_hung_up_in_the_backlog_is_not_read() throws Exception {
        // Given a port that accepts no more connections
        attack.open(2 * MAX_CONNECTIONS, "GET ");

        // When clients behind them send a call that only these make, and hang up
        HostileConnections gone = new HostileConnections(service.port);
        gone.openAndClose(10, call("DELETE /customer_groups/gone", ""));
        repeat(() -> {});
        attack.close();
        service.caller(HONEST).code("GET", "/customer_groups", "");

        // Then no such call is counted
        String counted = "DELETE /customer_groups/{name}\",status=\"hung up\",vendor=\"greedy\"";
        assertThat(service.metrics("backoffice_calls_total"), everyItem(not(containsString(counted))));
    }

    private void assertServed(int calls, PatientClient... clients) throws InterruptedException {
        attack.close();
        for (PatientClient client : clients) {
            client.stop();
            assertThat(client.failures, is(empty()));
            assertThat(client.answers, is(greaterThan(calls)));
        }
    }

    private void describeCustomers(String description) {
        for (int i = 0; i < CUSTOMERS; i += 40) {
            String batch = Api.batch(
                    i, i + 40, j -> "{\"name\":\"%s\",\"description\":\"%s\"}".formatted(largestName(j), description));
            awaitDone("PATCH", "/customers", batch);
        }
    }

    /** Calls until it is done. An attack before this one may hold the memory of the vendor for a moment. */
    private void awaitDone(String method, String path, String body) {
        Await.atMost(Duration.ofSeconds(10)).until(() -> service.caller(GREEDY).code(method, path, body), is(200));
    }
}
