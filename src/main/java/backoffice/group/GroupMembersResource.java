package backoffice.group;

import backoffice.customer.CustomerKey;
import backoffice.envelope.Envelope;
import backoffice.envelope.PageParams;
import backoffice.idempotency.IdempotencyHeader;
import backoffice.idempotency.IdempotentExecutor;
import backoffice.value.Name;
import backoffice.vendor.CurrentVendor;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
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

/** The customers of a group (docs/api.md, sections 4.2 and 4.3). */
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

    @GET
    public Uni<Envelope<CustomerKey>> list(@RestPath("name") Name group, @BeanParam PageParams page) {
        return members.page(vendor.name(), group, page.range()).map(Envelope::of);
    }

    @POST
    public Uni<Envelope<CustomerKey>> add(
            @RestPath("name") Name group, List<CustomerKey> entries, @BeanParam IdempotencyHeader header) {
        String caller = vendor.name();
        return idempotent.execute(
                caller, header, () -> members.add(caller, group, entries).map(Envelope::of));
    }

    @DELETE
    public Uni<Envelope<CustomerKey>> remove(
            @RestPath("name") Name group, List<CustomerKey> entries, @BeanParam IdempotencyHeader header) {
        RemovePlan.requireForm(group, entries);
        String caller = vendor.name();
        return idempotent.execute(
                caller, header, () -> members.remove(caller, group, entries).map(Envelope::of));
    }
}
