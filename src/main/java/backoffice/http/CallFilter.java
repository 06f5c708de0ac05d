package backoffice.http;

import backoffice.bitkey.BitkeyRegistry;
import backoffice.bulkhead.MemoryBudget;
import backoffice.call.Call;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.idempotency.IdempotencyKeys;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * The filter between the route of a call and its resource. It checks the bitkey and the path first, so that a call that is
 * refused waits for no permit, and then gives the body room in the heap. JAX-RS reads a small body. This filter reads any
 * other as far as the {@link MemoryBudget} has room for it. A body without {@code Content-Length} takes more room when more
 * of it has come. A slow sender loses its connection ({@code protection/ClientConnection}).
 */
class CallFilter {

    /** The largest accepted body in bytes; {@code quarkus.rest.input-buffer-size} has the same value. */
    private static final int MAX_BYTES = 1 << 20;

    /** How much larger the room of a body becomes. */
    private static final int GROWTH = 4;

    private final BitkeyRegistry bitkeys;
    private final MemoryBudget memory;

    CallFilter(BitkeyRegistry bitkeys, MemoryBudget memory) {
        this.bitkeys = bitkeys;
        this.memory = memory;
    }

    /**
     * Fails as {@link BitkeyRegistry#authenticate}, with 1001 for a malformed path, with 1005 when a body has more than
     * {@link #MAX_BYTES}, with 5001 at the deadline of the call, and when the client disconnects.
     */
    @ServerRequestFilter
    Uni<Void> admit(ContainerRequestContext request, RoutingContext context) {
        return bitkeys.authenticate(context.request()).chain(() -> receive(request, context));
    }

    private Uni<Void> receive(ContainerRequestContext request, RoutingContext context) {
        RequestTarget target = context.get(RequestNormalizer.TARGET);
        if (target.broken()) {
            throw new ApiException(Problem.MALFORMED_PATH, target.sent());
        }
        Call call = Call.current().orElseThrow();
        call.awaitBody();
        String contentLength = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        long length = contentLength == null ? 0 : Long.parseLong(contentLength);
        if (length > MAX_BYTES) {
            throw new ApiException(Problem.BODY_TOO_LARGE, MAX_BYTES);
        }
        boolean isChunked = context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING);
        // The body belongs to the fingerprint of the request. JAX-RS reads none for a call that takes none.
        boolean hasKey = call.idempotencyKey() != null && length > 0;
        if (call.isGet() || !isChunked && !hasKey && length <= MemoryBudget.SMALL_BODY) {
            return Uni.createFrom().voidItem();
        }
        Body body = new Body(context.request(), call, (int) length);
        return body.makeRoom((int) length)
                .chain(body::read)
                .invoke(request::setEntityStream)
                .replaceWithVoid();
    }

    /** The body of one call while it arrives. */
    private final class Body {

        private final HttpServerRequest request;
        private final Call call;

        /** The announced length; 0 when there is none. */
        private final int length;

        private final Promise<InputStream> all = Promise.promise();
        private byte[] bytes = new byte[0];
        private int size;
        private int room = MemoryBudget.SMALL_BODY;

        private Body(HttpServerRequest request, Call call, int length) {
            this.request = request;
            this.call = call;
            this.length = length;
        }

        private Uni<Void> makeRoom(int wanted) {
            if (wanted <= room) {
                return Uni.createFrom().voidItem();
            }
            call.stopAwaitingBody();
            int before = room;
            room = wanted;
            return memory.growBody(call, before, wanted);
        }

        private Uni<InputStream> read() {
            if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
                request.response().writeContinue();
            }
            call.end().onComplete(end -> all.tryFail(new ApiException(Problem.OVERLOADED)));
            if (request.isEnded()) {
                complete();
            } else {
                request.handler(this::append).endHandler(end -> complete());
                resume();
            }
            return UniHelper.toUni(all.future());
        }

        private void resume() {
            call.awaitBody();
            request.resume();
        }

        private void append(Buffer chunk) {
            int newSize = size + chunk.length();
            if (newSize > MAX_BYTES) {
                request.handler(rest -> {});
                all.tryFail(new ApiException(Problem.BODY_TOO_LARGE, MAX_BYTES));
                return;
            }
            if (newSize > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(newSize, length > 0 ? length : room));
            }
            chunk.getBytes(bytes, size);
            size = newSize;
            if (size > room) {
                request.pause();
                makeRoom(Math.min(MAX_BYTES, GROWTH * size)).subscribe().with(granted -> resume(), all::tryFail);
            }
        }

        private void complete() {
            byte[] read = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
            // The handlers of the request refer to this object until the call ends.
            bytes = null;
            call.recordBody(call.idempotencyKey() == null ? null : IdempotencyKeys.fingerprint(call, read));
            all.tryComplete(stream(read));
        }
    }

    /** Who reads all bytes takes them away, because JAX-RS refers to the stream until the call ends. */
    private static InputStream stream(byte[] read) {
        return new ByteArrayInputStream(read) {
            @Override
            public synchronized byte[] readAllBytes() {
                byte[] all = buf;
                buf = new byte[0];
                count = 0;
                return all;
            }
        };
    }
}
