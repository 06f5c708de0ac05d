package backoffice.group;

import backoffice.customer.CustomerKey;
import backoffice.envelope.Envelope;
import backoffice.envelope.PageParams;
import backoffice.idempotency.IdempotencyHeader;
import backoffice.idempotency.IdempotentExecutor;
import backoffice.value.Name;
import backoffice.value.Vendor;
import backoffice.vendor.CurrentVendor;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/** The API of the customers in a group (docs/api.md, sections 4.1, 4.3 and 4.4). */
@Path("/customer_groups/{name}/customers")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class GroupMembersResource {

    private final GroupMembersRepository members;
    private final CurrentVendor vendor;
    private final IdempotentExecutor idempotent;

    GroupMembersResource(GroupMembersRepository members, CurrentVendor vendor, IdempotentExecutor idempotent) {
        this.members = members;
        this.vendor = vendor;
        this.idempotent = idempotent;
    }

    /** Reads a page of the customers in a group, by name; 2001 when the group does not exist. */
    @GET
    public Uni<Envelope<CustomerKey>> list(@RestPath("name") Name group, @BeanParam PageParams page) {
        return members.page(vendor.get(), group, page.range()).map(Envelope::of);
    }

    /**
     * Adds customers to a group: moves those that exist and creates the others. Fails with 2001, 2101 and 2102.
     *
     * @param entries 1…1000 customers, each with the group that holds it now
     */
    @POST
    @RolesAllowed(CurrentVendor.MAY_CHANGE)
    public Uni<Envelope<CustomerKey>> add(
            @RestPath("name") Name group, List<CustomerKey> entries, @BeanParam IdempotencyHeader header) {
        Vendor caller = vendor.get();
        return idempotent.execute(
                caller, header, () -> members.add(caller, group, entries).map(Envelope::of));
    }

    /**
     * Takes customers out of a group; they remain without a group. Fails with 2001, 2101 and 2102.
     *
     * @param entries 1…1000 customers of the group
     */
    @DELETE
    @RolesAllowed(CurrentVendor.MAY_CHANGE)
    public Uni<Envelope<CustomerKey>> remove(
            @RestPath("name") Name group, List<CustomerKey> entries, @BeanParam IdempotencyHeader header) {
        RemovePlan.requireForm(group, entries);
        Vendor caller = vendor.get();
        return idempotent.execute(
                caller, header, () -> members.remove(caller, group, entries).map(Envelope::of));
    }
}
