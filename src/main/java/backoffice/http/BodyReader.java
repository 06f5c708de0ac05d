package backoffice.http;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.json.StrictJsonReader;
import backoffice.protection.LargeBodyLimiter;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.regex.Pattern;

/**
 * Reader of JSON bodies that checks the content type first (docs/api.md, sections 1.2 and 3.4).
 *
 * <p>It keeps the bytes of the body in {@link OriginalRequest}, because the fingerprint of an idempotency key needs
 * them. It releases the permit of the call once the body is read or has failed.
 *
 * @param <T> the type of the value that a body becomes
 */
abstract class BodyReader<T> implements MessageBodyReader<T> {

    private static final Pattern JSON = Pattern.compile(
            "application/([^\\s/;]+\\+)?json\\s*(;\\s*charset\\s*=\\s*\"?utf-?8\"?\\s*)?;?", Pattern.CASE_INSENSITIVE);

    private final StrictJsonReader json;
    private final CurrentVertxRequest request;
    private final LargeBodyLimiter largeBodies;

    BodyReader(StrictJsonReader json, CurrentVertxRequest request, LargeBodyLimiter largeBodies) {
        this.json = json;
        this.request = request;
        this.largeBodies = largeBodies;
    }

    /**
     * Returns the value of a body that is empty, blank or {@code null}.
     *
     * @throws ApiException (1001) when the call requires a body
     */
    abstract T absent();

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return true;
    }

    @Override
    public T readFrom(
            Class<T> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream stream)
            throws IOException {
        try {
            return read(stream.readAllBytes(), genericType);
        } finally {
            largeBodies.release(request.getCurrent());
        }
    }

    @SuppressWarnings("unchecked")
    private T read(byte[] body, Type type) {
        OriginalRequest.recordBody(request.getCurrent(), body);
        if (isBlank(body)) {
            return absent();
        }
        refuseOtherThanJson(OriginalRequest.of(request.getCurrent()).contentType());
        T value = (T) json.read(body, type);
        return value == null ? absent() : value;
    }

    private static boolean isBlank(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return false;
            }
        }
        return true;
    }

    private static void refuseOtherThanJson(String contentType) {
        if (contentType != null
                && !contentType.isBlank()
                && !JSON.matcher(contentType.strip()).matches()) {
            throw new ApiException(Problem.NOT_JSON, contentType);
        }
    }
}
