package backoffice.group;

import backoffice.customer.CustomerKey;
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

/** The API of customer groups (docs/api.md, section 4). Calls see the groups of the vendor of their bitkey only. */
@Path("/customer_groups")
public class CustomerGroupResource {

    private final CallExecutor calls;
    private final CustomerGroupRepository groups;
    private final GroupMembersRepository members;

    CustomerGroupResource(CallExecutor calls, CustomerGroupRepository groups, GroupMembersRepository members) {
        this.calls = calls;
        this.groups = groups;
        this.members = members;
    }

    /** Reads a page of all groups, by name. */
    @GET
    public Uni<Envelope<Group>> list(@BeanParam PageRange.Parameters page) {
        return calls.read(groups.page(CustomerGroupRepository.ALL, page.range()));
    }

    /** Reads a page of the groups that a search finds; 1002 when the search is not valid. */
    @POST
    @Path("/data")
    public Uni<Envelope<Group>> search(SearchRequest request, @BeanParam PageRange.Parameters page) {
        return calls.read(groups.page(HqlTranslator.translate(request, Fields.GROUPS), page.range()));
    }

    /** Creates a group; answers the same when the group exists. */
    @POST
    public Uni<Envelope<Group>> create(Group group) {
        return calls.change(groups.create(group));
    }

    /** Reads one group; 2001 when it does not exist. */
    @GET
    @Path("/{name}")
    public Uni<Envelope<Group>> get(@RestPath Name name) {
        return calls.read(groups.get(name));
    }

    /** Renames a group; 2001 when it does not exist, 2002 when another group has the new name. */
    @PATCH
    @Path("/{name}")
    public Uni<Envelope<Group>> rename(@RestPath Name name, Group renamed) {
        return calls.change(groups.rename(name, renamed));
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
        return calls.change(groups.delete(name));
    }

    /** Reads a page of the customers in a group, by name; 2001 when the group does not exist. */
    @GET
    @Path("/{name}/customers")
    public Uni<Envelope<CustomerKey>> listCustomers(@RestPath Name name, @BeanParam PageRange.Parameters page) {
        return calls.read(members.page(name, page.range()));
    }

    /**
     * Adds 1…1000 customers to a group: moves those that exist and creates the others. Fails with 2001, 2101 and 2102.
     *
     * @param entries each customer with the group that holds it now
     */
    @POST
    @Path("/{name}/customers")
    public Uni<Envelope<CustomerKey>> addCustomers(@RestPath Name name, List<CustomerKey> entries) {
        return calls.change(members.add(name, entries));
    }

    /** Takes 1…1000 customers out of a group; they remain without a group. Fails with 2001, 2101 and 2102. */
    @DELETE
    @Path("/{name}/customers")
    public Uni<Envelope<CustomerKey>> removeCustomers(@RestPath Name name, List<CustomerKey> entries) {
        return calls.change(members.remove(name, entries));
    }
}
