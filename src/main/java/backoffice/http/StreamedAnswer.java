package backoffice.http;

import backoffice.bulkhead.MemoryBudget;
import backoffice.observability.CallLog;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Iterator;

/** An answer that is made piece by piece, as fast as its client reads it. One of a single piece has a content length. */
final class StreamedAnswer {

    /** The size of a piece: an event loop makes it within some tenths of a millisecond. */
    static final int PIECE_BYTES = 32 << 10;

    private final RoutingContext call;
    private final HttpServerResponse response;
    private final Iterator<Buffer> pieces;

    private StreamedAnswer(RoutingContext call, Iterator<Buffer> pieces) {
        this.call = call;
        this.response = call.response();
        this.pieces = pieces;
    }

    static void send(RoutingContext call, Iterator<Buffer> pieces) {
        Buffer first = pieces.next();
        if (pieces.hasNext()) {
            MemoryBudget.holdRows();
            call.response().setChunked(true).write(first);
            new StreamedAnswer(call, pieces).awaitTurn();
        } else {
            call.response().end(first);
        }
    }

    /** Other calls of the event loop come in between. */
    private void awaitTurn() {
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> sendNext());
        } else {
            call.vertx().runOnContext(turn -> sendNext());
        }
    }

    private void sendNext() {
        if (CallLog.of(call).end().isComplete()) {
            // The client has hung up.
            return;
        }
        try {
            Buffer next = pieces.next();
            if (pieces.hasNext()) {
                response.write(next);
                awaitTurn();
            } else {
                response.end(next);
            }
        } catch (RuntimeException | Error e) {
            call.fail(e);
        }
    }
}
