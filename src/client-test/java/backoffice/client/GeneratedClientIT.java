package backoffice.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.client.generated.ApiClient;
import backoffice.client.generated.ApiException;
import backoffice.client.generated.ApiResponse;
import backoffice.client.generated.Change;
import backoffice.client.generated.Changed;
import backoffice.client.generated.ChangesFound;
import backoffice.client.generated.Customer;
import backoffice.client.generated.CustomerGroupsApi;
import backoffice.client.generated.CustomerInput;
import backoffice.client.generated.CustomerKey;
import backoffice.client.generated.CustomerPatch;
import backoffice.client.generated.CustomersApi;
import backoffice.client.generated.CustomersFoundData;
import backoffice.client.generated.Failure;
import backoffice.client.generated.Group;
import backoffice.client.generated.GroupInput;
import backoffice.client.generated.GroupMembersApi;
import backoffice.client.generated.GroupsChanged;
import backoffice.client.generated.GroupsFoundData;
import backoffice.client.generated.HistoryApi;
import backoffice.client.generated.Key;
import backoffice.client.generated.KeysApi;
import backoffice.client.generated.Member;
import backoffice.client.generated.Query;
import backoffice.client.generated.Search;
import backoffice.client.generated.Sort;
import backoffice.history.HistoryOn;
import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Tests that a client that is generated from the OpenAPI document works with the service. */
@QuarkusIntegrationTest
@TestProfile(HistoryOn.class)
@Order(Integer.MAX_VALUE)
class GeneratedClientIT {

    private ApiClient client;
    private CustomerGroupsApi groups;
    private GroupMembersApi members;
    private CustomersApi customers;
    private HistoryApi history;

    @BeforeEach
    void connect() {
        Sql.demoData();
        client = new ApiClient();
        client.updateBaseUri("http://localhost:" + RestAssured.port + Api.BASE_PATH);
        client.setRequestInterceptor(request -> request.header("bitkey", Vendors.ACME));
        groups = new CustomerGroupsApi(client);
        members = new GroupMembersApi(client);
        customers = new CustomersApi(client);
        history = new HistoryApi(client);
    }

    @Test
    void it_reads_its_own_key() throws ApiException {
        Key key = new KeysApi(client).getOwnKey().getData().getItems().get(0);

        assertEquals("acme", key.getVendor());
        assertEquals("configured", key.getName());
        assertEquals(false, key.getReadOnly());
        assertNull(key.getExpiresAt());
    }

    @Test
    void it_lists_and_searches_groups() throws ApiException {
        GroupsFoundData page = groups.listGroups(1, 2).getData();
        assertEquals(5, page.getTotal());
        assertEquals(List.of(group("group_1"), group("华东区")), page.getItems());

        Search search = new Search()
                .addQuerysItem(new Query().name("name").op("like").addValuesItem("group%"))
                .addSortsItem(new Sort().name("name").order("desc"));
        assertEquals(
                List.of(group("group_1"), group("group_0")),
                groups.searchGroups(null, null, search).getData().getItems());
        assertEquals(5, groups.searchGroups(null, null, null).getData().getTotal());
    }

    @Test
    void it_creates_renames_gets_and_deletes_a_group_of_any_name() throws ApiException {
        String name = "研发/R&D 100% + ?#;";

        groups.createGroup(new GroupInput().name("test_group"), null);
        groups.patchGroup("test_group", new GroupInput().name(name), null);

        assertEquals(List.of(group(name)), groups.getGroup(name).getData().getItems());
        assertEquals(
                List.of(group(name)), groups.deleteGroup(name, null).getData().getItems());
    }

    @Test
    void it_adds_lists_and_takes_out_the_customers_of_a_group() throws ApiException {
        List<Member> entries = List.of(
                new Member().name("customer_9"), new Member().name("customer_2").groupName("group_1"));

        assertEquals(
                List.of(key("customer_9", "group_0"), key("customer_2", "group_0")),
                members.addMembers("group_0", entries, null).getData().getItems());
        assertEquals(4, members.listMembers("group_0", null, null).getData().getTotal());
        assertEquals(
                List.of(key("customer_9", null)),
                members.removeMembers("group_0", List.of(new Member().name("customer_9")), null)
                        .getData()
                        .getItems());
    }

    @Test
    void it_writes_changes_searches_and_deletes_customers() throws ApiException {
        CustomerInput acme = new CustomerInput()
                .name("acme")
                .groupName("group_0")
                .regDate("2026-01-02 03:04:05")
                .city("上海")
                .referenceId("r-1");
        Customer written = new Customer()
                .name("acme")
                .groupName("group_0")
                .regDate("2026-01-02 03:04:05")
                .city("上海")
                .referenceId("r-1");
        assertEquals(
                List.of(written),
                customers.overwriteCustomers(List.of(acme), null).getData().getItems());

        CustomerPatch change = new CustomerPatch()
                .name("acme")
                .groupName("group_0")
                .contact("Ada")
                .city(null);
        Customer changed = customers
                .changeCustomers(List.of(change), null)
                .getData()
                .getItems()
                .get(0);
        assertEquals("Ada", changed.getContact());
        assertNull(changed.getCity());

        Search search =
                new Search().addQuerysItem(new Query().name("referenceId").addValuesItem("r-1"));
        CustomersFoundData found = customers.searchCustomers(0, 10, search).getData();
        assertEquals(List.of(changed), found.getItems());
        assertEquals(
                changed,
                customers.getCustomer("group_0", "acme").getData().getItems().get(0));

        customers.changeCustomers(
                List.of(new CustomerPatch().name("acme").groupName("group_0").newName("Acme")), null);
        customers.deleteCustomer("group_0", "Acme", null);
        customers.deleteUngroupedCustomer("customer_4", null);
        customers.deleteCustomers(List.of(new Member().name("customer_5")), null);
        assertEquals(11, customers.listCustomers(null, null).getData().getTotal());
    }

    @Test
    void it_reads_who_has_changed_what() throws ApiException {
        customers.changeCustomers(
                List.of(new CustomerPatch()
                        .name("customer_4")
                        .groupName("group_1")
                        .city("上海")),
                "change-1");

        Change change = history.getHistory(
                        "group_1", "customer_4", "customer.changed", null, null, "2026-01-05", null, null, 1)
                .getData()
                .getItems()
                .get(0);
        assertEquals("customer.changed", change.getType());
        assertEquals("PATCH /customers", change.getWho().getCall());
        assertEquals("change-1", change.getWho().getIdempotencyKey());
        assertEquals(changed("Oslo"), change.getBefore());
        assertEquals(changed("上海"), change.getAfter());
        assertEquals(
                List.of(),
                history.getHistory(null, null, null, null, null, null, null, 1L, null)
                        .getData()
                        .getItems());
    }

    private static Changed changed(String city) {
        return new Changed()
                .name("customer_4")
                .groupName("group_1")
                .regDate("2026-01-05 09:00:00")
                .city(city);
    }

    @Test
    void it_reads_the_answer_of_a_later_version() throws JsonProcessingException {
        ChangesFound answer = ApiClient.createDefaultObjectMapper().readValue("""
                {"status": 0, "later": 1, "data": {"later": [], "items": [
                  {"id": 1, "time": "2026-01-05T09:00:00Z", "type": "group.merged", "who": {"call": "", "later": {}},
                   "before": {"name": "a", "later": 1}, "later": true}]}}""", ChangesFound.class);

        assertEquals("group.merged", answer.getData().getItems().get(0).getType());
    }

    @Test
    void it_reads_a_failure() throws JsonProcessingException {
        ApiException refused = assertThrows(ApiException.class, () -> groups.getGroup("nowhere"));

        Failure failure = ApiClient.createDefaultObjectMapper().readValue(refused.getResponseBody(), Failure.class);
        assertEquals(404, refused.getCode());
        assertEquals(2001, failure.getStatus());
        assertEquals("There is no customer group \"nowhere\".", failure.getMsg());
    }

    @Test
    void it_sends_again_without_doing_twice() throws ApiException {
        String id = "the-same-id";

        ApiResponse<GroupsChanged> first = groups.deleteGroupWithHttpInfo("试用客户", id);
        ApiResponse<GroupsChanged> second = groups.deleteGroupWithHttpInfo("试用客户", id);

        assertEquals(first.getData(), second.getData());
        assertEquals(Optional.empty(), replayed(first));
        assertEquals(Optional.of("true"), replayed(second));
    }

    private static Optional<String> replayed(ApiResponse<?> response) {
        return response.getHeaders().getOrDefault("x-bit-req-replayed", List.of()).stream()
                .findFirst();
    }

    private static Group group(String name) {
        return new Group().name(name);
    }

    private static CustomerKey key(String name, String groupName) {
        return new CustomerKey().name(name).groupName(groupName);
    }
}
