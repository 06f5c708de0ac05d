package backoffice.group;

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

/** The customer groups of a vendor (contract, section 4; the reference page). */
@Path("/customer_groups")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class CustomerGroupResource {

    private final CustomerGroupRepository groups;
    private final Vendor vendor;
    private final PageParams page;
    private final Once once;

    CustomerGroupResource(CustomerGroupRepository groups, Vendor vendor, PageParams page, Once once) {
        this.groups = groups;
        this.vendor = vendor;
        this.page = page;
        this.once = once;
    }

    @GET
    public Uni<Envelope<Group>> list() {
        return search(SearchRequest.EVERYTHING);
    }

    @POST
    @Path("/data")
    public Uni<Envelope<Group>> search(SearchRequest request) {
        return groups.page(vendor.name(), HqlTranslator.translate(request, Fields.GROUPS), page.range())
                .map(Envelope::of);
    }

    @POST
    public Uni<Envelope<Group>> create(Group group) {
        return once.run(caller -> groups.create(caller, group.name()).replaceWith(() -> Envelope.of(List.of(group))));
    }

    @GET
    @Path("/{name}")
    public Uni<Envelope<Group>> get(@PathParam("name") Name name) {
        return groups.require(vendor.name(), name).replaceWith(() -> Envelope.of(Page.of(new Group(name))));
    }

    @PATCH
    @Path("/{name}")
    public Uni<Envelope<Group>> patch(@PathParam("name") Name name, Group renamed) {
        return once.run(
                caller -> groups.rename(caller, name, renamed.name()).replaceWith(() -> Envelope.of(List.of(renamed))));
    }

    @POST
    @Path("/{name}")
    public Uni<Envelope<Group>> rename(@PathParam("name") Name name, Group renamed) {
        return patch(name, renamed);
    }

    @DELETE
    @Path("/{name}")
    public Uni<Envelope<Group>> delete(@PathParam("name") Name name) {
        return once.run(caller -> groups.delete(caller, name).replaceWith(() -> Envelope.of(List.of(new Group(name)))));
    }
}
