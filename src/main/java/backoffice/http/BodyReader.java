package backoffice.http;

import backoffice.bulkhead.MemoryBudget;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.idempotency.RequestFingerprint;
import backoffice.observability.CallLog;
import backoffice.value.Call;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * Reads the body of a call as far as the {@link MemoryBudget} has room for it. A body without {@code Content-Length} takes more
 * room when more of it has come. A slow sender loses its connection ({@code protection/ConnectionLimiter}).
 */
final class BodyReader {

    /** The largest accepted body in bytes; {@code quarkus.rest.input-buffer-size} has the same value. */
    static final int MAX_BYTES = 1 << 20;

    /** How much larger the room of a body becomes. */
    private static final int GROWTH = 4;

    private final MemoryBudget memory;
    private final RoutingContext context;
    private final Call call;
    private final HttpServerRequest request;
    private final Promise<InputStream> body = Promise.promise();
    private Buffer bytes = Buffer.buffer();
    private int room = MemoryBudget.SMALL_BODY;

    private BodyReader(MemoryBudget memory, RoutingContext context) {
        this.memory = memory;
        this.context = context;
        this.call = CallLog.of(context);
        this.request = context.request();
    }

    /**
     * Reads a body, and records its bytes in the call. Fails with 1005 when there are more than {@link #MAX_BYTES}, with
     * 5001 after the queue timeout, and when the client disconnects.
     *
     * @param length its length; 0 when it is not known
     */
    static Uni<InputStream> read(MemoryBudget memory, RoutingContext context, int length) {
        BodyReader reader = new BodyReader(memory, context);
        return reader.makeRoom(length).chain(reader::read);
    }

    private Uni<Void> makeRoom(int wanted) {
        int more = wanted - room;
        if (more <= 0) {
            return Uni.createFrom().voidItem();
        }
        call.stopAwaitingBody();
        room = wanted;
        return memory.body(call, more);
    }

    private Uni<InputStream> read() {
        if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            context.response().writeContinue();
        }
        call.end().onComplete(end -> body.tryFail(new UnavailableException(Problem.OVERLOADED)));
        if (request.isEnded()) {
            complete();
        } else {
            request.handler(this::append).endHandler(end -> complete());
            resume();
        }
        return UniHelper.toUni(body.future());
    }

    private void resume() {
        call.awaitBody();
        request.resume();
    }

    private void append(Buffer chunk) {
        bytes.appendBuffer(chunk);
        if (bytes.length() > MAX_BYTES) {
            request.handler(rest -> {});
            body.tryFail(new ApiException(Problem.BODY_TOO_LARGE, MAX_BYTES));
        } else if (bytes.length() > room) {
            request.pause();
            makeRoom(Math.min(MAX_BYTES, GROWTH * bytes.length())).subscribe().with(granted -> resume(), body::tryFail);
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

    private void complete() {
        byte[] read = bytes.getBytes();
        // The handlers of the request refer to this object until the call ends.
        bytes = Buffer.buffer();
        call.recordBody(call.idempotencyKey() == null ? null : RequestFingerprint.of(call, read));
        body.tryComplete(stream(read));
    }
}
