package backoffice.customer;

import backoffice.envelope.Envelope;
import backoffice.envelope.Page;
import backoffice.envelope.PageParams;
import backoffice.idempotency.IdempotencyHeader;
import backoffice.idempotency.IdempotentExecutor;
import backoffice.search.Fields;
import backoffice.search.HqlTranslator;
import backoffice.search.SearchRequest;
import backoffice.value.Name;
import backoffice.vendor.CurrentVendor;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/** The customers of a vendor (docs/api.md, section 5). */
@Path("/customers")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class CustomerResource {

    private final CustomerRepository customers;
    private final CustomerBatchRepository batches;
    private final CurrentVendor vendor;
    private final IdempotentExecutor idempotent;

    CustomerResource(
            CustomerRepository customers,
            CustomerBatchRepository batches,
            CurrentVendor vendor,
            IdempotentExecutor idempotent) {
        this.customers = customers;
        this.batches = batches;
        this.vendor = vendor;
        this.idempotent = idempotent;
    }

    @GET
    public Uni<Envelope<CustomerData>> list(@BeanParam PageParams page) {
        return search(SearchRequest.EVERYTHING, page);
    }

    @POST
    @Path("/data")
    public Uni<Envelope<CustomerData>> search(SearchRequest request, @BeanParam PageParams page) {
        return customers
                .page(vendor.name(), HqlTranslator.translate(request, Fields.CUSTOMERS), page.range())
                .map(Envelope::of);
    }

    @POST
    public Uni<Envelope<CustomerData>> overwrite(List<CustomerData> entries, @BeanParam IdempotencyHeader header) {
        return write(WriteMode.OVERWRITE, entries, header);
    }

    @PATCH
    public Uni<Envelope<CustomerData>> change(List<CustomerData> entries, @BeanParam IdempotencyHeader header) {
        return write(WriteMode.CHANGE, entries, header);
    }

    @GET
    @Path("/{name}")
    public Uni<Envelope<CustomerData>> get(@RestPath Name name) {
        return getInGroup(null, name);
    }

    @GET
    @Path("/{groupName}/{name}")
    public Uni<Envelope<CustomerData>> getInGroup(@RestPath Name groupName, @RestPath Name name) {
        return customers.get(vendor.name(), new CustomerKey(name, groupName)).map(c -> Envelope.of(Page.of(c)));
    }

    @DELETE
    @Path("/{name}")
    public Uni<Envelope<CustomerKey>> delete(@RestPath Name name, @BeanParam IdempotencyHeader header) {
        return deleteInGroup(null, name, header);
    }

    @DELETE
    @Path("/{groupName}/{name}")
    public Uni<Envelope<CustomerKey>> deleteInGroup(
            @RestPath Name groupName, @RestPath Name name, @BeanParam IdempotencyHeader header) {
        String caller = vendor.name();
        CustomerKey key = new CustomerKey(name, groupName);
        return idempotent.execute(
                caller, header, () -> customers.delete(caller, key).replaceWith(() -> Envelope.of(List.of(key))));
    }

    private Uni<Envelope<CustomerData>> write(WriteMode mode, List<CustomerData> entries, IdempotencyHeader header) {
        WritePlan.requireForm(mode, entries);
        String caller = vendor.name();
        return idempotent.execute(
                caller, header, () -> batches.write(caller, mode, entries).map(Envelope::of));
    }
}
