package backoffice.group;

import backoffice.customer.CustomerKey;
import backoffice.envelope.Envelope;
import backoffice.envelope.PageParams;
import backoffice.replay.Once;
import backoffice.value.Name;
import backoffice.vendor.Vendor;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The customers of a group (contract, section 4; the reference page). */
@Path("/customer_groups/{name}/customers")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class GroupMembersResource {

    private final GroupMembersRepository members;
    private final Vendor vendor;
    private final PageParams page;
    private final Once once;

    GroupMembersResource(GroupMembersRepository members, Vendor vendor, PageParams page, Once once) {
        this.members = members;
        this.vendor = vendor;
        this.page = page;
        this.once = once;
    }

    @GET
    public Uni<Envelope<CustomerKey>> list(@PathParam("name") Name group) {
        return members.page(vendor.name(), group, page.range()).map(Envelope::of);
    }

    @POST
    public Uni<Envelope<CustomerKey>> add(@PathParam("name") Name group, List<CustomerKey> entries) {
        return once.run(caller -> members.add(caller, group, entries).map(Envelope::of));
    }

    @DELETE
    public Uni<Envelope<CustomerKey>> remove(@PathParam("name") Name group, List<CustomerKey> entries) {
        RemovePlan.requireForm(group, entries);
        return once.run(caller -> members.remove(caller, group, entries).map(Envelope::of));
    }
}
