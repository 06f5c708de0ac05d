package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.HostedServer;
import backoffice.testsupport.OneAddress;
import backoffice.testsupport.TightLimits;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/hosted-server/nginx.conf: which server a path goes to, and how it arrives there. */
@Tag("slow")
@Order(Integer.MAX_VALUE - 1)
@QuarkusIntegrationTest
@TestProfile(TightLimits.class)
class HostedServerPathsIT extends HostedServerFixture {

    @ParameterizedTest
    @CsvSource({
        "GET, /products",
        "PUT, /users/%E5%BC%A0%20%E4%B8%89",
        "POST, /products?next=/../customers",
        "DELETE, /products/",
        "GET, /users/a;b%3B+%2B%25%3Fc%23",
        "GET, /customers-of-another-kind/a",
        "PROPFIND, /products",
        "GET, /customers/a/sns?offset=0&limit=2",
        "DELETE, /customers/a/sns",
        "POST, /customers/a/b/sns/data",
        "GET, /customers/a%2Fb/sns/1",
        "GET, /customers/a;b%3B%25/sns",
        "GET, /customers/.a..%2F...b./sns",
        "PATCH, /customers/sns/sns",
    })
    void serial_numbers_and_other_paths_go_to_the_hosted_server_as_they_came(String method, String path) {
        String answer = address.send(method, Api.BASE_PATH + path, Vendors.ACME);

        assertThat(answer, endsWith("hosted: " + method + " " + Api.BASE_PATH + path));
        HostedServer.Request request = address.hosted().get(0);
        assertEquals(HostedServer.NAME, request.header("Host"));
        assertEquals(OneAddress.KEY_THERE, request.header("bitkey"));
    }

    @ParameterizedTest
    @CsvSource({
        "/customers, 0",
        "/customer_groups?offset=0, 0",
        "/customers/a/b, 2001",
        "/customer_groups/sns, 2001",
        "/customer_groups/a/customers, 2001",
        "/customer_groups/a/sns, 1003",
        "/products/../customers, 0",
        "/products/%2e%2e/customers, 0",
        "/products/a/.%2E/../customers, 0",
        "/%63ustomers, 0",
        "/customers/a%2Fsns, 2101",
        "/customers/a%2fsns, 2101",
        "/customers/a%5Csns, 2101",
        "/customers/a/SNS, 2001",
        "/customers/a/%73ns, 1003",
        "/customers//sns, 1003",
        "/customers/../sns, 1003",
        "/customers/..%2Fa/sns, 1003",
        "/customers/, 1003",
        "//customers, 1003",
        "/Customers, 1003",
        "/CUSTOMER_GROUPS/a, 1003",
        "/customers;v=1, 1003",
        "/customers%3Bv=1/a, 1003",
        "/customers%2Fa, 1003",
        "/customers%5Ca, 1003",
        "/products%2F..%2Fcustomers, 1003",
        "/products/..%2Fcustomers, 1003",
        "/products/..%5Ccustomers, 1003",
        "/products/.., 1003",
        "/products/%2e?a, 1003",
        "/products/..;v=1/customers, 1003",
        "/products/%2e.%3Bv=1/customers, 1003",
        "/products/a%2F.., 1003",
        "/products//a, 1003",
        "/products/%2Fcustomers, 1003",
        "/products%2f/customers, 1003",
        "/products/a%5C../b, 1003",
        "/products/a\\..\\b, 1003",
        "/products/a\\/b, 1003",
        "/products;v=1, 1003",
        "/%70roducts, 1003",
        "'', 1003",
    })
    void served_paths_and_paths_that_two_servers_may_read_in_two_ways_go_to_this_service(String path, int status) {
        assertThat(
                address.send("GET", Api.BASE_PATH + path, Vendors.ACME),
                containsString("{\"status\":%d,".formatted(status)));
        assertThat(address.hosted(), is(empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/products/%zz", "/products/%00", "/../products", "/%2e%2e/%2e%2e/%2e%2e/products"})
    void a_path_that_nginx_refuses_reaches_no_server(String path) {
        assertThat(address.send("GET", Api.BASE_PATH + path, Vendors.ACME), startsWith("HTTP/1.1 4"));
        assertThat(address.hosted(), is(empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%b", "a/sns", "a;b", "100%25", ".a", "a..", "a\\b", "//", "%2F", "张 三+?#", "😀"})
    void each_legal_name_reaches_this_service_through_the_proxy(String name) {
        String body = "[{\"name\":\"" + name.replace("\\", "\\\\") + "\"}]";
        Api.as(Vendors.ACME).post("/customers", body).statusCode(200);

        String answer = address.send("GET", Api.BASE_PATH + "/customers/" + Api.segment(name), Vendors.ACME);

        assertThat(answer, startsWith("HTTP/1.1 200"));
    }

    @Test
    void the_longest_path_reaches_this_service() {
        String name = Api.segment("😀".repeat(255));

        assertThat(
                address.send("GET", Api.BASE_PATH + "/customers/" + name + "/" + name, Vendors.ACME),
                containsString("\"status\":2001"));
    }
}
