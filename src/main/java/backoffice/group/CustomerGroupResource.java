package backoffice.group;

import backoffice.customer.CustomerKey;
import backoffice.envelope.Envelope;
import backoffice.envelope.Envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.idempotency.IdempotentExecutor;
import backoffice.search.Fields;
import backoffice.search.HqlTranslator;
import backoffice.search.SearchRequest;
import backoffice.value.Call;
import backoffice.value.Name;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/** The API of customer groups (docs/api.md, section 4). Calls see the groups of the vendor of their bitkey only. */
@Path("/customer_groups")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class CustomerGroupResource {

    private final CustomerGroupRepository groups;
    private final GroupMembersRepository members;
    private final IdempotentExecutor idempotent;

    CustomerGroupResource(
            CustomerGroupRepository groups, GroupMembersRepository members, IdempotentExecutor idempotent) {
        this.groups = groups;
        this.members = members;
        this.idempotent = idempotent;
    }

    /** Reads a page of all groups, by name. */
    @GET
    public Uni<Envelope<Group>> list(@Context HttpServerRequest http) {
        return search(SearchRequest.EVERYTHING, http);
    }

    /** Reads a page of the groups that a search finds; 1002 when the search is not valid. */
    @POST
    @Path("/data")
    public Uni<Envelope<Group>> search(SearchRequest request, @Context HttpServerRequest http) {
        return groups.page(Call.currentVendor(), HqlTranslator.translate(request, Fields.GROUPS), PageRange.of(http))
                .map(Envelope::of);
    }

    /** Creates a group; answers the same when the group exists. */
    @POST
    public Uni<Envelope<Group>> create(Group group) {
        return idempotent.execute(
                1, caller -> groups.create(caller, group.name()).replaceWith(List.of(group)));
    }

    /** Reads one group; 2001 when it does not exist. */
    @GET
    @Path("/{name}")
    public Uni<Envelope<Group>> get(@RestPath Name name) {
        return groups.require(Call.currentVendor(), name).replaceWith(() -> Envelope.of(Page.of(new Group(name))));
    }

    /** Renames a group; 2001 when it does not exist, 2002 when another group has the new name. */
    @PATCH
    @Path("/{name}")
    public Uni<Envelope<Group>> rename(@RestPath Name name, Group renamed) {
        return idempotent.execute(
                1, caller -> groups.rename(caller, name, renamed.name()).replaceWith(List.of(renamed)));
    }

    /** Renames as {@link #rename}. */
    @POST
    @Path("/{name}")
    public Uni<Envelope<Group>> renameByPost(@RestPath Name name, Group renamed) {
        return rename(name, renamed);
    }

    /** Deletes a group; 2001 when it does not exist, 2003 when it holds customers. */
    @DELETE
    @Path("/{name}")
    public Uni<Envelope<Group>> delete(@RestPath Name name) {
        return idempotent.execute(1, caller -> groups.delete(caller, name).replaceWith(List.of(new Group(name))));
    }

    /** Reads a page of the customers in a group, by name; 2001 when the group does not exist. */
    @GET
    @Path("/{name}/customers")
    public Uni<Envelope<CustomerKey>> listCustomers(@RestPath Name name, @Context HttpServerRequest http) {
        return members.page(Call.currentVendor(), name, PageRange.of(http)).map(Envelope::of);
    }

    /**
     * Adds 1…1000 customers to a group: moves those that exist and creates the others. Fails with 2001, 2101 and 2102.
     *
     * @param entries each customer with the group that holds it now
     */
    @POST
    @Path("/{name}/customers")
    public Uni<Envelope<CustomerKey>> addCustomers(@RestPath Name name, List<CustomerKey> entries) {
        return idempotent.execute(entries.size(), caller -> members.add(caller, name, entries));
    }

    /** Takes 1…1000 customers out of a group; they remain without a group. Fails with 2001, 2101 and 2102. */
    @DELETE
    @Path("/{name}/customers")
    public Uni<Envelope<CustomerKey>> removeCustomers(@RestPath Name name, List<CustomerKey> entries) {
        RemovePlan.requireForm(name, entries);
        return idempotent.execute(entries.size(), caller -> members.remove(caller, name, entries));
    }
}
