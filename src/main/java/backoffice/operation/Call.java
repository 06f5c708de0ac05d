package backoffice.operation;

import backoffice.envelope.Envelope;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** A request as its operator sees it, from its first sight to the end of its answer. */
public final class Call {

    private static final String KEY = Call.class.getName();
    private static final String UNKNOWN = "unknown";

    private final String correlationId =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private final long start = System.nanoTime();
    private String status = UNKNOWN;
    private int rows;

    private Call() {}

    static Call begin(RoutingContext request) {
        Call call = new Call();
        request.put(KEY, call);
        return call;
    }

    /**
     * Notes what a request is answered with.
     *
     * @param entity what becomes the body: an envelope, or the bytes of one that was answered before
     */
    public static void answer(RoutingContext request, Object entity) {
        Call call = request.get(KEY);
        if (entity instanceof Envelope<?> envelope) {
            call.status = String.valueOf(envelope.status());
            call.rows = envelope.data() == null ? 0 : envelope.data().items().size();
        } else {
            call.status = "replayed";
        }
    }

    /** What all lines of the log bear that were written on behalf of the call, and its answer as {@code x-correlation-id}. */
    String correlationId() {
        return correlationId;
    }

    /** The number of the envelope's status, or why there is none. */
    String status() {
        return status;
    }

    /** How many items the answer has; 0 for an answer that is given again. */
    int rows() {
        return rows;
    }

    /** How long ago the request was seen first. */
    long millis() {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
