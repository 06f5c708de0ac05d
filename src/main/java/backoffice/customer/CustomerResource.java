package backoffice.customer;

import backoffice.envelope.Envelope;
import backoffice.envelope.Page;
import backoffice.envelope.PageParams;
import backoffice.replay.Once;
import backoffice.search.Fields;
import backoffice.search.HqlTranslator;
import backoffice.search.SearchRequest;
import backoffice.value.Name;
import backoffice.vendor.Vendor;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The customers of a vendor (contract, section 5). */
@Path("/customers")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class CustomerResource {

    private final CustomerRepository customers;
    private final CustomerBatchRepository batches;
    private final Vendor vendor;
    private final PageParams page;
    private final Once once;

    CustomerResource(
            CustomerRepository customers, CustomerBatchRepository batches, Vendor vendor, PageParams page, Once once) {
        this.customers = customers;
        this.batches = batches;
        this.vendor = vendor;
        this.page = page;
        this.once = once;
    }

    @GET
    public Uni<Envelope<CustomerData>> list() {
        return search(SearchRequest.EVERYTHING);
    }

    @POST
    @Path("/data")
    public Uni<Envelope<CustomerData>> search(SearchRequest request) {
        return customers
                .page(vendor.name(), HqlTranslator.translate(request, Fields.CUSTOMERS), page.range())
                .map(Envelope::of);
    }

    @POST
    public Uni<Envelope<CustomerData>> overwrite(List<CustomerData> entries) {
        return write(WriteMode.OVERWRITE, entries);
    }

    @PATCH
    public Uni<Envelope<CustomerData>> change(List<CustomerData> entries) {
        return write(WriteMode.CHANGE, entries);
    }

    @GET
    @Path("/{name}")
    public Uni<Envelope<CustomerData>> get(@PathParam("name") Name name) {
        return get(null, name);
    }

    @GET
    @Path("/{groupName}/{name}")
    public Uni<Envelope<CustomerData>> get(@PathParam("groupName") Name groupName, @PathParam("name") Name name) {
        return customers.get(vendor.name(), new CustomerKey(name, groupName)).map(c -> Envelope.of(Page.of(c)));
    }

    @DELETE
    @Path("/{name}")
    public Uni<Envelope<CustomerKey>> delete(@PathParam("name") Name name) {
        return delete(null, name);
    }

    @DELETE
    @Path("/{groupName}/{name}")
    public Uni<Envelope<CustomerKey>> delete(@PathParam("groupName") Name groupName, @PathParam("name") Name name) {
        CustomerKey key = new CustomerKey(name, groupName);
        return once.run(caller -> customers.delete(caller, key).replaceWith(() -> Envelope.of(List.of(key))));
    }

    private Uni<Envelope<CustomerData>> write(WriteMode mode, List<CustomerData> entries) {
        WritePlan.requireForm(mode, entries);
        return once.run(caller -> batches.write(caller, mode, entries).map(Envelope::of));
    }
}
