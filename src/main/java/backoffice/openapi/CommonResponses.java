package backoffice.openapi;

import backoffice.envelope.Status;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
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
 * Adds to the document what calls answer by a rule: all of them, those with a body, those that change something
 * (contract, sections 7 and 8). Says of each failure what its statuses mean. While the application is built.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class CommonResponses implements OASFilter {

    private static final Map<String, String> OF_EVERY_CALL =
            Map.of("401", "Unauthorized", "413", "BodyTooLarge", "500", "Fault", "503", "Unavailable");
    private static final Map<String, String> WITH_BODY = Map.of("415", "NotJson");
    private static final Map<String, String> OF_CHANGES = Map.of("422", "RequestIdReused");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths()
                .getPathItems()
                .values()
                .forEach(path -> path.getOperations().forEach(CommonResponses::addTo));
        Map<String, Example> examples = document.getComponents().getExamples();
        responses(document).forEach(response -> explain(response, examples));
        answers(document)
                .forEach(response -> response.addHeader(
                        "x-correlation-id", OASFactory.createHeader().ref("correlationId")));
        document.getInfo().setDescription(document.getInfo().getDescription() + "\n" + statuses());
    }

    private static void addTo(PathItem.HttpMethod method, Operation call) {
        APIResponses responses = call.getResponses();
        add(OF_EVERY_CALL, responses);
        if (call.getRequestBody() != null) {
            add(WITH_BODY, responses);
        }
        if (method != PathItem.HttpMethod.GET && !SearchDescriptions.is(call)) {
            add(OF_CHANGES, responses);
            call.addParameter(OASFactory.createParameter().ref("requestId"));
            responses
                    .getAPIResponse("200")
                    .addHeader("x-bit-req-replayed", OASFactory.createHeader().ref("replayed"));
            addStillRunning(responses);
        }
        responses.setAPIResponses(new TreeMap<>(responses.getAPIResponses()));
    }

    private static void add(Map<String, String> shared, APIResponses responses) {
        shared.forEach((code, name) ->
                responses.addAPIResponse(code, OASFactory.createAPIResponse().ref(name)));
    }

    /** Unlike the other common answers, this one has a code that calls answer in ways of their own too. */
    private static void addStillRunning(APIResponses responses) {
        String code = String.valueOf(Status.STILL_RUNNING.httpCode());
        if (!responses.hasAPIResponse(code)) {
            responses.addAPIResponse(
                    code,
                    OASFactory.createAPIResponse()
                            .content(OASFactory.createContent()
                                    .addMediaType("application/json", OASFactory.createMediaType())));
        }
        json(responses.getAPIResponse(code).getContent())
                .addExample("stillRunning", OASFactory.createExample().ref("stillRunning"));
    }

    /** Those of calls and those that calls refer to. */
    private static Stream<APIResponse> answers(OpenAPI document) {
        Stream<APIResponse> ofCalls = document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .flatMap(call -> call.getResponses().getAPIResponses().values().stream());
        return Stream.concat(ofCalls, document.getComponents().getResponses().values().stream())
                .filter(response -> response.getRef() == null);
    }

    private static Stream<APIResponse> responses(OpenAPI document) {
        return answers(document).filter(response -> response.getDescription() == null);
    }

    private static void explain(APIResponse failure, Map<String, Example> shared) {
        MediaType json = json(failure.getContent());
        json.setSchema(OASFactory.createSchema().ref("Failure"));
        failure.setDescription(json.getExamples().values().stream()
                .map(example -> status(example, shared))
                .distinct()
                .map(status -> status.number() + ": " + status.meaning())
                .collect(Collectors.joining("\n\n")));
    }

    private static Status status(Example example, Map<String, Example> shared) {
        String reference = example.getRef();
        Example meant = reference == null ? example : shared.get(reference.substring(reference.lastIndexOf('/') + 1));
        return Status.of(((Number) ((Map<?, ?>) meant.getValue()).get("status")).intValue());
    }

    private static MediaType json(Content content) {
        return content.getMediaType("application/json");
    }

    private static String statuses() {
        return MarkdownTable.table(
                List.of("`status`", "HTTP", "when"),
                Stream.of(Status.values())
                        .<List<?>>map(status -> List.of(status.number(), status.httpCode(), status.meaning()))
                        .toList());
    }
}
