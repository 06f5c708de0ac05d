package backoffice.injection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.Api;
import backoffice.testsupport.RawConnection;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client that sends any value unchanged. It fails if an answer has a header that the service does not set itself. */
final class HostileClient implements AutoCloseable {

    private static final Set<String> HEADERS = Set.of("""
            date cache-control content-length content-security-policy content-type www-authenticate x-bit-req-replayed
            x-content-type-options x-correlation-id""".split("\\s"));

    // Without escapes, a lone surrogate would become a question mark.
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final RawConnection connection = new RawConnection();

    /** Makes a call that must get this HTTP code, and returns the envelope. */
    JsonNode call(int code, String method, String path, Object body, String... headers) {
        boolean keyGiven = Stream.of(headers).anyMatch(line -> line.startsWith("bitkey:"));
        String key = keyGiven ? "" : "bitkey: " + Vendors.ACME + "\r\n";
        String lines = Stream.of(headers).map(line -> line + "\r\n").collect(Collectors.joining());
        String json = body == null ? "" : json(body);
        String request = method + " " + Api.BASE_PATH + path + " HTTP/1.1\r\nHost: localhost\r\n" + key + lines
                + "Content-Length: " + json.length() + "\r\n\r\n" + json;

        String answer = connection.send(request.getBytes(StandardCharsets.UTF_8), true);

        String[] parts = answer.split("\r\n\r\n", 2);
        assertEquals("HTTP/1.1 " + code, parts[0].substring(0, 12), answer);
        parts[0].lines()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
                .forEach(header -> assertTrue(HEADERS.contains(header), answer));
        return tree(parts[1]);
    }

    /** Makes a call that must get HTTP 400 with this status. */
    void refused(int status, String method, String path, Object body) {
        assertEquals(status, call(400, method, path, body).get("status").intValue());
    }

    private static String json(Object body) {
        return Unchecked.supplier(() -> JSON.writeValueAsString(body)).get();
    }

    private static JsonNode tree(String json) {
        return Unchecked.supplier(() -> JSON.readTree(json)).get();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
