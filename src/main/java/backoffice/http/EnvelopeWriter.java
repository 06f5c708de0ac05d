package backoffice.http;

import backoffice.envelope.Envelope;
import backoffice.observability.CallLog;
import backoffice.protection.LargeResponseLimiter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
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

/**
 * Writer of envelopes, which are all that resources return. A small one is sent as a whole. The JSON of a large one waits
 * outside of the heap, and is sent as fast as the client reads it (docs/adr/0033).
 */
@Provider
class EnvelopeWriter extends ServerMessageBodyWriter.AllWriteableMessageBodyWriter {

    /** The JSON of that many items has at most 3 MiB. */
    private static final int MAX_ITEMS_OF_SMALL = 100;

    private static final int CHUNK_BYTES = 32 << 10;

    private final ObjectMapper json;
    private final CurrentVertxRequest request;

    EnvelopeWriter(ObjectMapper json, CurrentVertxRequest request) {
        this.json = json;
        this.request = request;
    }

    @Override
    public void writeResponse(Object entity, Type genericType, ServerRequestContext context) throws IOException {
        Envelope<?> envelope = (Envelope<?>) entity;
        RoutingContext call = request.getCurrent();
        CallLog.of(call).recordAnswer(envelope);
        if (envelope.data() == null || envelope.data().items().size() <= MAX_ITEMS_OF_SMALL) {
            byte[] bytes = json.writeValueAsBytes(envelope);
            LargeResponseLimiter.reduceTo(call, bytes.length);
            context.serverResponse().end(bytes);
        } else {
            // A composite buffer grows without a copy, and frees the parts that are sent.
            CompositeByteBuf body = PooledByteBufAllocator.DEFAULT.compositeDirectBuffer(Integer.MAX_VALUE);
            call.addEndHandler(end -> release(body));
            json.writeValue((OutputStream) new ByteBufOutputStream(body), envelope);
            LargeResponseLimiter.reduceTo(call, body.readableBytes());
            call.response().putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.readableBytes()));
            sendChunks(body, call.response());
        }
    }

    private static void sendChunks(CompositeByteBuf body, HttpServerResponse response) {
        if (response.closed()) {
            release(body);
        }
        while (!response.closed() && !response.ended()) {
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> sendChunks(body, response));
                return;
            }
            byte[] bytes = new byte[Math.min(CHUNK_BYTES, body.readableBytes())];
            body.readBytes(bytes).discardReadComponents();
            if (body.isReadable()) {
                response.write(Buffer.buffer(bytes));
            } else {
                response.end(Buffer.buffer(bytes));
            }
        }
    }

    private static void release(CompositeByteBuf body) {
        if (body.refCnt() > 0) {
            body.release();
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
        json.writeValue(stream, envelope);
    }
}
