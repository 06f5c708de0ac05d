package backoffice.http;

import backoffice.envelope.Envelope;
import backoffice.observability.CallLog;
import backoffice.protection.LargeResponseLimiter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Writer of envelopes. A small one is sent as a whole, and a large one as {@link LargeResponse}. */
@Provider
class EnvelopeWriter implements ServerMessageBodyWriter<Envelope<?>> {

    /** So many items have up to 2 MiB of JSON. */
    private static final int MAX_ITEMS_OF_SMALL = 100;

    private final ObjectMapper json;
    private final CurrentVertxRequest request;
    private final Map<Type, ObjectWriter> writers = new ConcurrentHashMap<>();

    EnvelopeWriter(ObjectMapper json, CurrentVertxRequest request) {
        this.json = json;
        this.request = request;
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return type == Envelope.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == Envelope.class;
    }

    @Override
    public void writeResponse(Envelope<?> envelope, Type genericType, ServerRequestContext context) throws IOException {
        RoutingContext call = request.getCurrent();
        CallLog.of(call).recordAnswer(envelope);
        ObjectWriter writer = writers.computeIfAbsent(genericType, this::writer);
        if (envelope.data() == null || envelope.data().items().size() <= MAX_ITEMS_OF_SMALL) {
            byte[] bytes = writer.writeValueAsBytes(envelope);
            LargeResponseLimiter.reduceTo(call, bytes.length);
            context.serverResponse().end(bytes);
        } else {
            LargeResponse large = new LargeResponse(call);
            writer.writeValue(large.stream(), envelope);
            LargeResponseLimiter.reduceTo(call, large.length());
            large.send();
        }
    }

    /** A resource method returns {@code Uni<Envelope<T>>}. A failure has an envelope without items. */
    private ObjectWriter writer(Type genericType) {
        boolean isUni = genericType instanceof ParameterizedType type && type.getRawType() == Uni.class;
        return isUni
                ? json.writerFor(json.constructType(((ParameterizedType) genericType).getActualTypeArguments()[0]))
                : json.writer();
    }

    @Override
    public void writeTo(
            Envelope<?> envelope,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream stream)
            throws IOException {
        json.writeValue(stream, envelope);
    }
}
