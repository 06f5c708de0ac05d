package backoffice.openapi;

import backoffice.search.Fields;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * A build-time filter of the OpenAPI document that adds the fields and operators of searches (docs/api.md,
 * sections 6.2 and 6.3). They come from {@link ApiTables}, so the document and the service
 * agree. See docs/adr/0026.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class SearchDescriptions implements OASFilter {

    private static final Map<String, Fields> FIELDS =
            Map.of("searchGroups", Fields.GROUPS, "searchCustomers", Fields.CUSTOMERS);

    /** Whether a call is a search. */
    static boolean isSearch(Operation call) {
        return FIELDS.containsKey(call.getOperationId());
    }

    @Override
    public Operation filterOperation(Operation call) {
        return isSearch(call)
                ? call.description(call.getDescription() + "\n\n" + ApiTables.fields(FIELDS.get(call.getOperationId())))
                : call;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Schema op = document.getComponents()
                .getSchemas()
                .get("Query")
                .getProperties()
                .get("op");
        op.setDescription("In any letter case; when null or absent, `=`\n\n" + ApiTables.operators());
    }
}
