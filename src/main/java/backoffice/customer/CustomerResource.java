package backoffice.customer;

import backoffice.envelope.Envelope;
import backoffice.execution.CallExecutor;
import backoffice.pagination.PageRange;
import backoffice.search.Fields;
import backoffice.search.HqlTranslator;
import backoffice.search.SearchRequest;
import backoffice.value.Name;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/** The API of customers (docs/api.md, section 5). Calls see the customers of the vendor of their bitkey only. */
@Path("/customers")
public class CustomerResource {

    private final CallExecutor calls;
    private final CustomerRepository customers;

    CustomerResource(CallExecutor calls, CustomerRepository customers) {
        this.calls = calls;
        this.customers = customers;
    }

    /** Reads a page of all customers, by name and then by group. */
    @GET
    public Uni<Envelope<CustomerData>> list(@BeanParam PageRange.Parameters page) {
        return calls.read(customers.page(CustomerList.ALL, page.range()));
    }

    /** Reads a page of the customers that a search finds; 1002 when the search is not valid. */
    @POST
    @Path("/data")
    public Uni<Envelope<CustomerData>> search(SearchRequest request, @BeanParam PageRange.Parameters page) {
        return calls.read(customers.page(HqlTranslator.translate(request, Fields.CUSTOMERS), page.range()));
    }

    /** Creates 1…1000 customers, or overwrites all their members. Fails with 2001 and 2103. */
    @POST
    public Uni<Envelope<CustomerData>> overwrite(List<CustomerData> entries) {
        return calls.change(customers.overwrite(entries));
    }

    /** Changes 1…1000 customers in the members that their entries send. Fails with 2001, 2101, 2102 and 2103. */
    @PATCH
    public Uni<Envelope<CustomerData>> patch(List<CustomerPatch> entries) {
        return calls.change(customers.patch(entries));
    }

    /** Deletes 1…1000 customers, with exact duplicates once. Fails with 2001 and 2101. */
    @DELETE
    public Uni<Envelope<CustomerKey>> deleteAll(List<CustomerKey> entries) {
        return calls.change(customers.delete(entries));
    }

    /** Reads one customer without a group; 2101 when it does not exist. */
    @GET
    @Path("/{name}")
    public Uni<Envelope<CustomerData>> get(@RestPath Name name) {
        return getInGroup(null, name);
    }

    /** Reads one customer of a group; 2001 when the group does not exist, 2101 when the customer does not exist. */
    @GET
    @Path("/{groupName}/{name}")
    public Uni<Envelope<CustomerData>> getInGroup(@RestPath Name groupName, @RestPath Name name) {
        return calls.read(customers.get(new CustomerKey(name, groupName)));
    }

    /** Deletes one customer without a group; 2101 when it does not exist. */
    @DELETE
    @Path("/{name}")
    public Uni<Envelope<CustomerKey>> delete(@RestPath Name name) {
        return deleteInGroup(null, name);
    }

    /** Deletes one customer of a group; 2001 when the group does not exist, 2101 when the customer does not exist. */
    @DELETE
    @Path("/{groupName}/{name}")
    public Uni<Envelope<CustomerKey>> deleteInGroup(@RestPath Name groupName, @RestPath Name name) {
        return calls.change(customers.delete(new CustomerKey(name, groupName)));
    }
}
