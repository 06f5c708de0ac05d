package backoffice.openapi;

import backoffice.envelope.Status;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * A build-time filter of the OpenAPI document that adds the common responses: those of every call, of calls with a
 * body, and of calls that change data (docs/api.md, sections 7.2 and 8.1). It also adds the header of the idempotency
 * key, the correlation id, the meaning of each status to the failures, and the table of statuses. See docs/adr/0026.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class CommonResponses implements OASFilter {

    private static final Map<String, String> EVERY_CALL =
            Map.of("401", "Unauthorized", "413", "BodyTooLarge", "500", "Fault", "503", "Unavailable");
    private static final Map<String, String> WITH_BODY = Map.of("415", "NotJson");
    private static final Map<String, String> CHANGES = Map.of("403", "ReadOnly", "422", "IdempotencyKeyReused");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths()
                .getPathItems()
                .values()
                .forEach(path -> path.getOperations().forEach(CommonResponses::addTo));
        Map<String, Example> examples = document.getComponents().getExamples();
        failures(document).forEach(failure -> describe(failure, examples));
        inlineResponses(document)
                .forEach(response -> response.addHeader(
                        "x-correlation-id", OASFactory.createHeader().ref("correlationId")));
        document.getInfo().setDescription(document.getInfo().getDescription() + "\n" + ApiTables.statuses());
    }

    private static void addTo(PathItem.HttpMethod method, Operation call) {
        APIResponses responses = call.getResponses();
        add(EVERY_CALL, responses);
        if (call.getRequestBody() != null) {
            add(WITH_BODY, responses);
        }
        if (method != PathItem.HttpMethod.GET && !SearchDescriptions.isSearch(call)) {
            add(CHANGES, responses);
            call.addParameter(OASFactory.createParameter().ref("idempotencyKey"));
            responses
                    .getAPIResponse("200")
                    .addHeader("x-bit-req-replayed", OASFactory.createHeader().ref("replayed"));
            addStillRunning(responses);
        }
        responses.setAPIResponses(new TreeMap<>(responses.getAPIResponses()));
    }

    private static void add(Map<String, String> namesByCode, APIResponses responses) {
        namesByCode.forEach((code, name) ->
                responses.addAPIResponse(code, OASFactory.createAPIResponse().ref(name)));
    }

    /** Adds status 3001. Unlike the other common responses, its HTTP code has responses of single calls too. */
    private static void addStillRunning(APIResponses responses) {
        String code = String.valueOf(Status.STILL_RUNNING.httpCode());
        if (!responses.hasAPIResponse(code)) {
            responses.addAPIResponse(
                    code,
                    OASFactory.createAPIResponse()
                            .content(OASFactory.createContent()
                                    .addMediaType("application/json", OASFactory.createMediaType())));
        }
        jsonType(responses.getAPIResponse(code).getContent())
                .addExample("stillRunning", OASFactory.createExample().ref("stillRunning"));
    }

    /** The responses of calls and the shared ones, without references. */
    private static Stream<APIResponse> inlineResponses(OpenAPI document) {
        Stream<APIResponse> ofCalls = document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .flatMap(call -> call.getResponses().getAPIResponses().values().stream());
        return Stream.concat(ofCalls, document.getComponents().getResponses().values().stream())
                .filter(response -> response.getRef() == null);
    }

    private static Stream<APIResponse> failures(OpenAPI document) {
        return inlineResponses(document).filter(response -> response.getDescription() == null);
    }

    private static void describe(APIResponse failure, Map<String, Example> shared) {
        MediaType json = jsonType(failure.getContent());
        json.setSchema(OASFactory.createSchema().ref("Failure"));
        failure.setDescription(json.getExamples().values().stream()
                .map(example -> status(example, shared))
                .distinct()
                .map(status -> status.number() + ": " + status.meaning())
                .collect(Collectors.joining("\n\n")));
    }

    private static Status status(Example example, Map<String, Example> shared) {
        String reference = example.getRef();
        Example resolved =
                reference == null ? example : shared.get(reference.substring(reference.lastIndexOf('/') + 1));
        return Status.of(((Number) ((Map<?, ?>) resolved.getValue()).get("status")).intValue());
    }

    private static MediaType jsonType(Content content) {
        return content.getMediaType("application/json");
    }
}
