package backoffice.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.envelope.Status;
import backoffice.search.SearchRequest;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads bodies through the strict reader, with a mapper as lenient as that of the framework. */
final class StrictJsonFixture {

    static final Type ONE = Entry.class;
    static final Type BATCH = new TypeReference<List<Entry>>() {}.getType();
    static final Type SEARCH = SearchRequest.class;

    private static final StrictJsonReader JSON = new StrictJsonReader(JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build());

    private StrictJsonFixture() {}

    static Object read(String body, Type type) {
        return read(body.getBytes(StandardCharsets.UTF_8), type);
    }

    static Object read(byte[] body, Type type) {
        return JSON.read(body, type);
    }

    static void assertRefused(String body, Type type, String place, Problem problem, Object... arguments) {
        assertRefused(body.getBytes(StandardCharsets.UTF_8), type, place, problem, arguments);
    }

    static void assertRefused(byte[] body, Type type, String place, Problem problem, Object... arguments) {
        ApiException refusal = assertThrows(ApiException.class, () -> read(body, type));

        assertEquals(problem, refusal.problem());
        assertEquals(place, refusal.location().text());
        assertEquals(List.of(arguments), refusal.arguments());
        assertEquals(Status.MALFORMED, refusal.status());
    }
}
