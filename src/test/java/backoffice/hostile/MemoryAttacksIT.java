package backoffice.hostile;

import backoffice.testsupport.Api;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls that bring more bytes into memory than they send, or hold them while they wait. */
class MemoryAttacksIT extends HostileIT {

    private static final int NAMES = 64;

    /** Each of 64 groups has 64 large customers. In JSON, a control character has six bytes, and in a row one. */
    private static final String INSERT_CUSTOMERS = """
            insert into customer_group (vendor, name) select 'greedy', 'group ' || i from generate_series(1, %1$d) i;
            insert into customer (vendor, name, group_id, reg_date, description, address)
            select vendor, 'name ' || i, id, now(), repeat('字', 2000), repeat('字', 255)
            from customer_group, generate_series(1, %1$d) i where vendor = 'greedy' and name like 'group %%';
            insert into customer (vendor, name, reg_date, description, address, city, contact)
            select 'greedy', 'control ' || i, now(), repeat(e'\\u0001', 2000), t, t, t
            from generate_series(1, 1000) i, repeat(e'\\u0001', 255) t
            """.formatted(NAMES);

    private static final String TINY_CALL = "{\"name\":\"tiny\"}";
    private static final String INSERT_RESPONSES = """
            insert into stored_response (vendor, idempotency_key, fingerprint, response)
            select 'greedy', 'large-' || i, sha256(convert_to(e'POST\\n%s/customer_groups\\n%s', 'UTF8')),
                convert_to(repeat('x', 17000000), 'UTF8')
            from generate_series(1, 12) i
            """.formatted(Api.BASE_PATH, TINY_CALL);

    @BeforeAll
    void insert_large_rows() {
        service.database.execute(INSERT_CUSTOMERS);
        service.database.execute(INSERT_RESPONSES);
    }

    @Test
    void batches_that_name_one_of_many_large_customers_of_a_name() throws InterruptedException {
        String entries = Api.batch(
                1,
                NAMES + 1,
                i -> "{\"name\":\"name %1$d\",\"groupName\":\"group %1$d\",\"city\":\"Wuhan\"}".formatted(i));
        flood(call("PATCH /customers", entries), 8, 1, 1 << 14);
    }

    @Test
    void large_searches_that_wait_behind_slow_ones() throws InterruptedException {
        String pattern = "\"%" + "x".repeat(15_000) + "%\"";
        String large = "{\"querys\":[{\"name\":\"name\",\"op\":\"like\",\"values\":["
                + String.join(",", pattern, pattern, pattern, pattern) + "]}]}";
        String slow = "{\"querys\":[{\"name\":\"description\",\"op\":\"like\",\"values\":[\"%a%b%c%\"]}]}";
        repeat(() -> {
            attack.open(4, call("POST /customers/data", slow));
            attack.open(16, call("POST /customers/data", large));
            attack.readFromAll(1 << 14);
        });
    }

    @Test
    void tiny_calls_that_repeat_keys_of_large_responses() throws InterruptedException {
        String repeated = call("POST /customer_groups", TINY_CALL);
        String other = call("POST /customer_groups", "{\"name\":\"other\"}");
        repeat(() -> {
            for (int i = 1; i <= 12; i++) {
                String key = "\r\nx-bit-req-id: large-" + i + "\r\nContent-Length";
                attack.open(1, repeated.replace("\r\nContent-Length", key));
                attack.open(1, other.replace("\r\nContent-Length", key));
            }
            attack.readFromAll(1 << 14);
        });
    }

    @Test
    void clients_that_read_nothing_of_small_and_of_large_pages_of_control_characters() throws InterruptedException {
        String search = "{\"querys\":[{\"name\":\"name\",\"op\":\"like\",\"values\":[\"control%\"]}]}";
        repeat(() -> {
            attack.open(4, call("POST /customers/data?limit=1000", search));
            attack.open(16, call("POST /customers/data?limit=40", search));
        });
    }
}
