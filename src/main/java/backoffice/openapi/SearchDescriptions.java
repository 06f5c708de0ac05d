package backoffice.openapi;

import backoffice.search.Field;
import backoffice.search.Fields;
import backoffice.search.Operator;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * A build-time filter of the OpenAPI document that adds the fields and operators of searches (docs/api.md,
 * sections 6.2 and 6.3). They come from {@link Fields} and {@link Operator}, so the document and the service
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
                ? call.description(call.getDescription() + "\n\n" + fields(FIELDS.get(call.getOperationId())))
                : call;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Schema op = document.getComponents()
                .getSchemas()
                .get("Query")
                .getProperties()
                .get("op");
        op.setDescription("In any letter case; when null or absent, `=`\n\n" + operators());
    }

    private static String fields(Fields resource) {
        return MarkdownTable.table(
                List.of("field of `querys`", "holds", "may have no value", "field of `sorts`"),
                resource.fields().stream().<List<?>>map(SearchDescriptions::row).toList());
    }

    private static List<?> row(Field field) {
        return List.of("`" + field.name() + "`", field.type(), yesOrNo(field.nullable()), yesOrNo(field.sortable()));
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }

    private static String operators() {
        return MarkdownTable.table(
                List.of("`op`", "number of `values`", "true when the field"),
                Stream.of(Operator.values())
                        .<List<?>>map(op -> List.of(MarkdownTable.code(op.wireNames()), op.arity(), op.meaning()))
                        .toList());
    }
}
