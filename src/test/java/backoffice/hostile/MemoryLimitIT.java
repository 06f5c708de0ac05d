package backoffice.hostile;

import static backoffice.hostile.AttackedService.FURTHER_VENDORS;
import static backoffice.hostile.AttackedService.keyOf;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.MemoryCgroup;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.Programs;
import backoffice.testsupport.Race;
import backoffice.testsupport.RawHttp;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The memory that {@code k8s/base} ships is enough for what clients do, with the default heap of the images. */
class MemoryLimitIT extends HostileIT {

    private static final long LIMIT = 256 << 20;

    private static final long MOST = 230 << 20;

    private static final int LARGEST_BODY = 1 << 20;

    /** Vendors v0 to v39 have 1500 ordinary customers each, and v0 has 1000 with texts of control characters too. */
    private static final String INSERT_CUSTOMERS = """
            insert into customer_group (vendor, name) select 'v' || v, 'group' from generate_series(0, %d) v;
            insert into customer (vendor, name, group_id, reg_date)
            select g.vendor, 'ordinary customer ' || i, g.id, now() from customer_group g, generate_series(1, 1500) i
            where g.vendor like 'v%%';
            insert into customer (vendor, name, reg_date, description, office_number, mobile_number, email, address, city,
                country, postcode, contact)
            select 'v0', 'control ' || i, now(), repeat(e'\\u0001', 2000), t, t, t, t, t, t, t, t
            from generate_series(1, 1000) i, repeat(e'\\u0001', 255) t
            """.formatted(FURTHER_VENDORS - 1);

    private static MemoryCgroup cgroup;

    @Override
    AttackedService startService() throws Exception {
        cgroup = Programs.required("REQUIRE_CGROUP", MemoryCgroup.create(LIMIT), "memory cgroup of this user");
        return new AttackedService(environment -> PackagedApplication.startAsImage(cgroup, environment));
    }

    @BeforeAll
    void insert_customers() {
        service.database.execute(INSERT_CUSTOMERS);
    }

    @AfterAll
    void the_process_lives_and_its_peak_is_below_the_limit() throws IOException {
        if (cgroup != null) {
            long peak = cgroup.peak();
            cgroup.close();
            assertThat(peak, is(lessThanOrEqualTo(MOST)));
        }
    }

    static Stream<String> bodies() {
        return Stream.of(
                call("POST /customers", "[" + "{},".repeat((LARGEST_BODY - 3) / 3) + "1]"),
                call("POST /customers/data", "{\"querys\":[" + "{},".repeat((LARGEST_BODY - 14) / 3) + "1]}"),
                call("POST /customers/data", "{\"querys\":" + "[".repeat(LARGEST_BODY - 10)));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void two_of_the_largest_bodies_of_tiny_values_at_once(String call) throws InterruptedException {
        String last = call.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        repeat(() -> assertAnswers(400, last, last));
    }

    private void assertAnswers(int code, String... requestsAtOnce) {
        List<Callable<String>> calls = Stream.of(requestsAtOnce)
                .<Callable<String>>map(request -> () -> RawHttp.send(service.port, request))
                .toList();
        assertThat(Race.run(calls), everyItem(startsWith("HTTP/1.1 " + code)));
    }

    @Test
    void three_hundred_and_fifty_ordinary_pages_that_nobody_reads() throws InterruptedException {
        attack.open(350, call("GET /customers?limit=1000", "", keyOf(0)));
        repeat(() -> {});
    }

    @Test
    void batches_whose_answers_have_six_times_the_bytes_of_their_rows_and_are_stored() throws Exception {
        String entries = Api.batch(1, 1001, "{\"name\":\"control %d\"}"::formatted);
        String batch = call("PATCH /customers", entries, keyOf(0))
                .replace("\r\n\r\n", "\r\nConnection: close\r\nx-bit-req-id: ID\r\n\r\n");

        assertAnswers(200, batch.replace("ID", "first"), batch.replace("ID", "second"));
    }

    @ParameterizedTest
    @CsvSource({"64, 100", "16, 1000"})
    void ordinary_pages_at_the_same_time_are_all_answered(int clients, int limit) {
        Map<Integer, Integer> answers = new ConcurrentHashMap<>();
        long end = endOfAttack();
        HonestCaller caller = service.caller(keyOf(1));

        Callable<Object> client = Executors.callable(() -> {
            while (System.nanoTime() < end) {
                answers.merge(caller.code("GET", "/customers?limit=" + limit, ""), 1, Integer::sum);
            }
        });
        Race.run(Collections.nCopies(clients, client));

        assertEquals(1, answers.size(), answers.toString());
        assertThat(answers.get(200), is(greaterThan(clients)));
    }

    @Test
    void clients_of_forty_vendors_that_hang_up() throws InterruptedException {
        repeat(() -> {
            for (int vendor = 0; vendor < FURTHER_VENDORS; vendor++) {
                attack.openAndClose(3, call("GET /customers?limit=1000", "", keyOf(vendor)));
            }
        });
    }
}
