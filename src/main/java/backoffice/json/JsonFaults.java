package backoffice.json;

import backoffice.envelope.ApiException;
import backoffice.envelope.Location;
import backoffice.envelope.Problem;
import backoffice.value.Name;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Names the fault of a body, with its place (docs/api.md, sections 1.2, 3.4 and 3.5). */
final class JsonFaults {

    private JsonFaults() {}

    /** The fault of a body that is no JSON. */
    static ApiException malformed(JsonProcessingException e) {
        // Jackson throws the same exception for all malformed JSON. Only its message tells a duplicate member.
        if (e.getOriginalMessage().startsWith("Duplicate") && e.getProcessor() instanceof JsonParser parser) {
            return new ApiException(
                    Problem.DUPLICATE_MEMBER, parser.getParsingContext().getCurrentName());
        }
        if (e instanceof StreamConstraintsException) {
            return new ApiException(Problem.EXCESSIVE_JSON, StreamReadConstraints.DEFAULT_MAX_DEPTH);
        }
        JsonLocation location = e.getLocation();
        return new ApiException(Problem.MALFORMED_JSON, location.getLineNr(), location.getColumnNr());
    }

    /** The fault of JSON that is not of the type that was asked for. */
    static RuntimeException mismatch(JsonMappingException e, JsonNode tree) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            // The last step is the unknown name itself. It is text of the client, so it does not become a part of the
            // location.
            List<Reference> object = e.getPath().subList(0, e.getPath().size() - 1);
            Object members = members(unknown.getReferringClass());
            return new ApiException(Problem.UNKNOWN_MEMBER, unknown.getPropertyName(), members).at(location(object));
        }
        Location location = location(e.getPath());
        if (e.getCause() instanceof ApiException refused) {
            return refused.at(location);
        }
        if (e instanceof MismatchedInputException mismatch) {
            String value = find(tree, e.getPath()).toString();
            return new ApiException(mismatchOf(mismatch.getTargetType()), value).at(location);
        }
        return new IllegalStateException("A body could not be read", e);
    }

    private static List<String> members(Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static Problem mismatchOf(Class<?> type) {
        if (Collection.class.isAssignableFrom(type)) {
            return Problem.NOT_AN_ARRAY;
        }
        return type.isRecord() && type != Name.class ? Problem.NOT_AN_OBJECT : Problem.NOT_A_STRING;
    }

    private static JsonNode find(JsonNode tree, List<Reference> path) {
        JsonNode node = tree;
        for (Reference step : path) {
            node = step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
        }
        return node;
    }

    private static Location location(List<Reference> path) {
        Location location = Location.BODY;
        for (Reference step : path) {
            location = step.getFieldName() == null
                    ? location.entry(step.getIndex())
                    : location.member(step.getFieldName());
        }
        return location;
    }
}
