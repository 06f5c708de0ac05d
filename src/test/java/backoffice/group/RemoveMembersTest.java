package backoffice.group;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/api.md, section 4.4: taking customers out of a group. */
@QuarkusTest
class RemoveMembersTest {

    private final Api api = Api.as(Vendors.ACME);

    private final Members members = new Members(api);

    @BeforeEach
    void two_groups() {
        Sql.clean();
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        api.post("/customer_groups", "{\"name\":\"b\"}").statusCode(200);
    }

    @Test
    void taking_out_leaves_the_customer_without_a_group() {
        members.add("a", "[{\"name\":\"c\"},{\"name\":\"d\"},{\"name\":\"e\"}]").statusCode(200);

        members.remove("a", "[{\"name\":\"d\",\"groupName\":\"a\"},{\"name\":\"c\"}]")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"d\"},{\"name\":\"c\"}]}}"));

        members.list("a", "{\"status\":0,\"data\":{\"total\":1,\"items\":[{\"name\":\"e\",\"groupName\":\"a\"}]}}");
        assertEquals(2, Sql.number("select count(*) from customer where group_id is null"));
    }

    @Test
    void a_customer_named_twice_is_taken_out_once() {
        members.add("a", "[{\"name\":\"c\"}]").statusCode(200);

        members.remove("a", "[{\"name\":\"c\"},{\"name\":\"c\",\"groupName\":\"a\"}]")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"c\"}]}}"));
    }

    @Test
    void taking_out_a_customer_that_is_not_in_the_group_is_2101() {
        members.add("b", "[{\"name\":\"c\"}]").statusCode(200);

        members.remove("a", "[{\"name\":\"c\"}]").statusCode(404).body("status", is(2101));
    }

    @Test
    void taking_out_a_customer_whose_name_exists_without_a_group_is_2102() {
        members.add("a", "[{\"name\":\"c\"}]").statusCode(200);
        members.remove("a", "[{\"name\":\"c\"}]").statusCode(200);
        members.add("b", "[{\"name\":\"x\"}]").statusCode(200);
        Sql.execute("insert into customer (vendor, name, group_id, reg_date)"
                + " select 'acme', 'c', id, now() from customer_group where name = 'b'");

        members.remove("b", "[{\"name\":\"x\"},{\"name\":\"c\"}]")
                .statusCode(409)
                .body("status", is(2102))
                .body("msg", containsString("[1]"));

        assertEquals(
                2, Sql.number("select count(*) from customer where group_id is not null"), "nothing was taken out");
    }
}
