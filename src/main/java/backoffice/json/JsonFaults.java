package backoffice.json;

import backoffice.envelope.ApiException;
import backoffice.envelope.Location;
import backoffice.envelope.Problem;
import backoffice.value.Name;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.CharacterCodingException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Names the fault of a body, with its place (docs/api.md, sections 1.2, 3.4 and 3.5). */
final class JsonFaults {

    /** The characters of a value that are more than a message shows. */
    private static final int ENOUGH = 256;

    private JsonFaults() {}

    /** The fault of a body that is no JSON. */
    static RuntimeException malformed(IOException e) {
        if (e instanceof CharacterCodingException) {
            return new ApiException(Problem.MALFORMED_UTF8);
        }
        if (!(e instanceof JsonProcessingException malformed)) {
            return new UncheckedIOException(e);
        }
        // Jackson throws the same exception for all malformed JSON. Only its message tells a duplicate member.
        if (malformed.getOriginalMessage().startsWith("Duplicate")
                && malformed.getProcessor() instanceof JsonParser parser) {
            return new ApiException(
                    Problem.DUPLICATE_MEMBER, parser.getParsingContext().getCurrentName());
        }
        if (e instanceof StreamConstraintsException) {
            return new ApiException(Problem.EXCESSIVE_JSON, StreamReadConstraints.DEFAULT_MAX_DEPTH);
        }
        JsonLocation location = malformed.getLocation();
        return new ApiException(Problem.MALFORMED_JSON, location.getLineNr(), location.getColumnNr());
    }

    /**
     * The fault of JSON that is not of the type that was asked for.
     *
     * @param json the parser, which has read nothing after the value of another type
     * @throws IOException when the body is no JSON, in or before that value
     */
    static ApiException mismatch(JsonMappingException e, JsonParser json) throws IOException {
        if (e.getCause() instanceof IOException malformed) {
            throw malformed;
        }
        if (e instanceof PropertyBindingException unknown) {
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
            return new ApiException(mismatchOf(mismatch.getTargetType()), beginning(json)).at(location);
        }
        throw new IllegalStateException("A body could not be read", e);
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

    /** The beginning of the value at which a parser is. A message shows no more of it. */
    private static String beginning(JsonParser json) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = json.getCodec().getFactory().createGenerator(text)) {
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            int depth = 0;
            if (json.currentToken() == JsonToken.FIELD_NAME || json.currentToken() == JsonToken.END_OBJECT) {
                // Jackson enters an object before it looks for what it can make of it.
                generator.writeStartObject();
                depth++;
            }
            do {
                if (json.currentToken() == JsonToken.VALUE_STRING) {
                    generator.writeString(json.getText().substring(0, Math.min(json.getTextLength(), ENOUGH)));
                } else {
                    generator.copyCurrentEventExact(json);
                }
                generator.flush();
                depth += json.currentToken().isStructStart()
                        ? 1
                        : json.currentToken().isStructEnd() ? -1 : 0;
            } while (depth > 0 && text.getBuffer().length() < ENOUGH && json.nextToken() != null);
        }
        return text.toString();
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
