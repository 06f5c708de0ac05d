package backoffice.http;

import backoffice.envelope.Envelope;
import backoffice.observability.CallLog;
import backoffice.protection.LargeResponseLimiter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Writer of envelopes, which are all that resources return. */
@Provider
class EnvelopeWriter extends ServerMessageBodyWriter.AllWriteableMessageBodyWriter {

    private final ObjectMapper json;
    private final CurrentVertxRequest request;

    EnvelopeWriter(ObjectMapper json, CurrentVertxRequest request) {
        this.json = json;
        this.request = request;
    }

    @Override
    public void writeResponse(Object entity, Type genericType, ServerRequestContext context) {
        RoutingContext call = request.getCurrent();
        CallLog.of(call).recordAnswer((Envelope<?>) entity);
        LargeResponseLimiter.send(call, json, entity);
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
        json.writeValue(stream, envelope);
    }
}
