package backoffice.http;

import backoffice.call.Call;
import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope;
import backoffice.envelope.Problem;
import backoffice.idempotency.StoredJson;
import backoffice.json.StrictJsonReader;
import backoffice.search.SearchRequest;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Reader of the bodies of requests, and writer of those of answers, which are envelopes. The reader checks the content
 * type and the content coding of a body first (docs/api.md, sections 1.2 and 3.4). A search may have no body (section 6.1).
 */
@Provider
class JsonBodies extends ServerMessageBodyWriter.AllWriteableMessageBodyWriter
        implements ServerMessageBodyReader<Object> {

    /**
     * JSON has no parameters, so those that are sent do not matter, unless they say that the body is not UTF-8. No repetition
     * of blanks gives one back, and the parameters are read once, from their first semicolon.
     */
    private static final Pattern JSON_TYPE = Pattern.compile(
            "application/([^\\s/;]+\\+)?json\\s*+((?=;)(?!.*;\\s*+charset\\s*+=(?!\\s*+\"?utf-?8\"?\\s*+(;|$))).*)?",
            Pattern.CASE_INSENSITIVE);

    /** Some clients send the charset in this header, which changes no byte. */
    private static final Set<String> CODINGS_OF_PLAIN_BODIES = Set.of("", "identity", "utf-8");

    /** The largest customers have 25 kB. */
    private static final int MAX_ITEMS_OF_ONE_PIECE = 5;

    private final StrictJsonReader reader;
    private final ObjectWriter encoder;

    /** Jackson looks for the serializer of a type as long as it writes ten items. */
    private final Map<Class<?>, ObjectWriter> encodersOfItems = new ConcurrentHashMap<>();

    private final CurrentVertxRequest request;

    JsonBodies(StrictJsonReader reader, ObjectMapper mapper, CurrentVertxRequest request) {
        this.reader = reader;
        this.encoder = mapper.writer().without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
        this.request = request;
    }

    @Override
    public boolean isReadable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo method, MediaType mediaType) {
        return true;
    }

    // Quarkus calls this form. For the other one, it would parse the annotations of the resource method in each call.
    @Override
    public Object readFrom(Class<Object> type, Type genericType, MediaType mediaType, ServerRequestContext context)
            throws IOException {
        return readFrom(type, genericType, null, mediaType, null, context.getInputStream());
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return true;
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream stream)
            throws IOException {
        try (stream) {
            Object value = read(stream.readAllBytes(), genericType);
            if (value == null && genericType != SearchRequest.class) {
                throw new ApiException(Problem.BODY_MISSING);
            }
            return value == null ? SearchRequest.EVERYTHING : value;
        }
    }

    private Object read(byte[] body, Type type) {
        Call call = Call.current().orElseThrow();
        call.stopAwaitingBody();
        if (StrictJsonReader.isBlank(body)) {
            return null;
        }
        String sent = call.contentType();
        if (sent != null && !sent.isBlank() && !JSON_TYPE.matcher(sent.strip()).matches()) {
            throw new ApiException(Problem.NOT_JSON, sent);
        }
        String coding = request.getCurrent().request().getHeader(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !CODINGS_OF_PLAIN_BODIES.contains(coding.strip().toLowerCase(Locale.ROOT))) {
            throw new ApiException(Problem.BODY_ENCODED, coding);
        }
        return reader.read(body, type);
    }

    @Override
    public void writeResponse(Object entity, Type genericType, ServerRequestContext context) throws IOException {
        RoutingContext call = request.getCurrent();
        if (Call.current().orElseThrow().end().isComplete()) {
            // The client has hung up.
            return;
        }
        Envelope<?> envelope = (Envelope<?>) entity;
        if (envelope.stored() != null) {
            call.response().putHeader("x-bit-req-replayed", "true");
            StreamedAnswer.sendStored(call, StoredJson.read(envelope.stored()));
        } else if (envelope.data() == null || envelope.data().items().size() <= MAX_ITEMS_OF_ONE_PIECE) {
            call.response().end(Buffer.buffer(encoder.writeValueAsBytes(envelope)));
        } else {
            Class<?> item = envelope.data().items().get(0).getClass();
            StreamedAnswer.sendPage(call, envelope.data(), encodersOfItems.computeIfAbsent(item, encoder::forType));
        }
    }

    @Override
    public void writeTo(
            Object envelope,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream stream)
            throws IOException {
        encoder.writeValue(stream, envelope);
    }
}
