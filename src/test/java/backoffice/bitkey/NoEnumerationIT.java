package backoffice.bitkey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/api.md, section 2.2: an answer has the same bytes with and without data of another vendor. */
@Tag("slow")
@QuarkusIntegrationTest
class NoEnumerationIT {

    /** The data of the vendor globex, which makes the calls. */
    private static final String OWN = """
            insert into customer_group (vendor, name) values ('globex', 'own'), ('globex', 'empty');
            insert into customer (vendor, name, group_id, reg_date, reference_id)
            select vendor, 'mine', id, '2026-01-01', 'r of mine' from customer_group where name = 'own'
            """;

    /** Data of the vendor acme with all names and referenceIds that the calls use. */
    private static final String FOREIGN = """
            insert into customer_group (vendor, name) values ('acme', 'a'), ('acme', 'own'), ('acme', 'new');
            insert into customer (vendor, name, group_id, reg_date) select 'acme', c.name, g.id, '2026-01-01'
            from (values ('c'), ('mine')) c (name),
                (select id from customer_group where vendor = 'acme' union all select null) g (id);
            insert into customer (vendor, name, reg_date, reference_id)
            select 'acme', r, '2026-01-01', r from (values ('r'), ('new'), ('r of mine')) r (r)
            """;

    private static final String STORED_RESPONSE =
            "insert into stored_response (vendor, idempotency_key, fingerprint, response) values ('acme', 'id-1', '', '{}')";

    private static final String RUNNING_REQUEST = """
            select pg_advisory_xact_lock(advisory_lock_id('4', E'acme\\nid-1')),
                pg_advisory_xact_lock(advisory_lock_id('3', 'acme'));
            select from customer_group where vendor = 'acme' for update;
            select from customer where vendor = 'acme' for update;
            select from row_count where vendor = 'acme' for update;
            """ + STORED_RESPONSE;

    private static final String ROWS_OF_ACME = """
            select string_agg(line, E'\\n' order by line) from (
                select g::text from customer_group g where vendor = 'acme'
                union all select c::text from customer c where vendor = 'acme'
                union all select r::text from stored_response r where vendor = 'acme'
                union all select c::text from row_count c where vendor = 'acme') acme (line)
            """;

    static Stream<String> calls() {
        String reads = """
                GET /customer_groups
                GET /customer_groups?offset=1&limit=1
                GET /customer_groups/a
                GET /customer_groups/a/customers
                GET /customer_groups/own/customers
                POST /customer_groups/data {}
                POST /customer_groups/data {"querys":[{"name":"name","values":["a","own"]}]}
                POST /customer_groups/data {"querys":[{"name":"name","op":"like","values":["%"]}]}
                GET /customers
                GET /customers?offset=1
                GET /customers/c
                GET /customers/a/c
                GET /customers/own/c
                GET /customers/own/mine
                POST /customers/data {"sorts":[{"name":"groupName"}]}
                POST /customers/data {"querys":[{"name":"referenceId","values":["r"]}]}
                POST /customers/data {"querys":[{"name":"groupName","op":"!=","values":["own"]}]}
                POST /customers/data {"querys":[{"name":"regDate","op":">","values":["2000-01-01"]}]}
                """;
        return Stream.concat(reads.lines(), changes());
    }

    static Stream<String> changes() {
        return """
                POST /customer_groups {"name":"a"}
                PATCH /customer_groups/a {"name":"new"}
                PATCH /customer_groups/own {"name":"a"}
                POST /customer_groups/own {"name":"new"}
                DELETE /customer_groups/a
                DELETE /customer_groups/own
                DELETE /customer_groups/empty
                POST /customer_groups/a/customers [{"name":"c"}]
                POST /customer_groups/own/customers [{"name":"c"}]
                POST /customer_groups/own/customers [{"name":"c","groupName":"a"}]
                POST /customer_groups/own/customers [{"name":"c","groupName":"own"}]
                POST /customer_groups/empty/customers [{"name":"mine","groupName":"own"}]
                DELETE /customer_groups/a/customers [{"name":"c"}]
                DELETE /customer_groups/own/customers [{"name":"c"}]
                DELETE /customer_groups/own/customers [{"name":"mine"}]
                POST /customers [{"name":"c","regDate":"2026-01-01 00:00:00","referenceId":"r"}]
                POST /customers [{"name":"c","groupName":"a","referenceId":"r"}]
                POST /customers [{"name":"mine","groupName":"own","referenceId":"r"}]
                PATCH /customers [{"name":"c","referenceId":"new"}]
                PATCH /customers [{"name":"c","groupName":"a"}]
                PATCH /customers [{"name":"mine","groupName":"own","referenceId":"r"}]
                PATCH /customers [{"name":"c","newName":"new"}]
                DELETE /customers [{"name":"c"}]
                DELETE /customers [{"name":"c","groupName":"a"}]
                DELETE /customers/c
                DELETE /customers/a/c
                DELETE /customers/own/c
                DELETE /customers/own/mine
                """.lines();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void data_of_another_vendor_looks_like_data_that_does_not_exist(String call) {
        // Given the answer to a call without data of another vendor
        given(OWN);
        String alone = send(call, "");

        // When another vendor has everything that the call names
        given(OWN, FOREIGN);
        String rows = Sql.text(ROWS_OF_ACME);

        // Then the answer has the same bytes, and the data of the other vendor is unchanged
        assertEquals(alone, send(call, ""));
        assertEquals(rows, Sql.text(ROWS_OF_ACME));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_request_of_another_vendor_with_the_same_idempotency_key_has_no_effect(String call) {
        given(OWN);
        String alone = send(call, "x-bit-req-id: id-1\r\n");

        given(OWN, FOREIGN, STORED_RESPONSE);
        assertEquals(alone, send(call, "x-bit-req-id: id-1\r\n"), "when the other vendor has done the request");

        given(OWN, FOREIGN);
        Sql.duringTransaction(
                RUNNING_REQUEST,
                () -> assertEquals(
                        alone, send(call, "x-bit-req-id: id-1\r\n"), "while the request of the other vendor runs"));
    }

    private static void given(String... rows) {
        Sql.clean();
        Sql.execute(String.join(";", rows));
    }

    /** The head and body of the answer to the vendor globex, without its correlation id and date. */
    private static String send(String call, String header) {
        String[] parts = call.split(" ", 3);
        String body = parts.length < 3 ? "" : parts[2];
        String head = RawHttp.head(parts[0] + " " + Api.BASE_PATH + parts[1], Vendors.GLOBEX) + header;
        return RawHttp.send(RawHttp.request(head, body))
                .replaceFirst("x-correlation-id: [0-9a-f]{16}", "x-correlation-id: (its own)")
                .replaceFirst("(?m)^date: .*GMT", "date: (its own)");
    }
}
