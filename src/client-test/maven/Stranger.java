import backoffice.client.generated.ApiClient;
import backoffice.client.generated.ApiException;
import backoffice.client.generated.CustomerGroupsApi;
import backoffice.client.generated.CustomerPatch;
import backoffice.client.generated.CustomersApi;
import backoffice.client.generated.Failure;
import java.util.List;

/** Calls the service at BASE_PATH with the key BITKEY. InstalledReleaseIT resets the data and runs this. */
class Stranger {

    public static void main(String[] args) throws Exception {
        String url = System.getenv("BASE_PATH");
        String key = System.getenv("BITKEY");
        ApiClient client = new ApiClient();
        client.updateBaseUri(url);
        client.setRequestInterceptor(request -> request.header("bitkey", key));
        CustomerGroupsApi groups = new CustomerGroupsApi(client);
        System.out.println("groups: " + groups.listGroups(0, 1).getData().getTotal());

        CustomerPatch change = new CustomerPatch().name("customer_0").groupName("group_0").contact("Ada").city(null);
        System.out.println("contact: "
                + new CustomersApi(client).changeCustomers(List.of(change), null).getData().getItems().get(0).getContact());

        try {
            groups.getGroup("nowhere");
        } catch (ApiException refused) {
            Failure failure = ApiClient.createDefaultObjectMapper().readValue(refused.getResponseBody(), Failure.class);
            System.out.println("refused: " + failure.getStatus());
        }
    }
}
