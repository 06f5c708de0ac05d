package backoffice.observability;

import backoffice.envelope.Envelope;
import backoffice.envelope.Status;
import backoffice.value.Call;
import backoffice.value.Vendor;
import io.opentelemetry.api.trace.Span;
import io.vertx.ext.web.RoutingContext;

/**
 * What the log and the metrics tell of a {@link Call}, from its first handler to the end of its answer. It is kept in
 * the {@link RoutingContext}.
 */
public final class CallLog {

    private static final String KEY = CallLog.class.getName();

    private final long startNanos = System.nanoTime();
    private Call call;
    private String status = "unknown";
    private boolean failed;
    private boolean waiting;
    private int rows;

    private CallLog(Call call) {
        this.call = call.makeCurrent();
    }

    static CallLog start(RoutingContext request, Call call) {
        CallLog log = new CallLog(call);
        request.put(KEY, log);
        return log;
    }

    /** Returns the log of a call; null when {@link CallObserver} has not seen the request yet. */
    public static CallLog of(RoutingContext request) {
        return request.get(KEY);
    }

    /** The call as it was when its bitkey was checked. */
    public Call call() {
        return call;
    }

    /** Records the caller, also in the {@link Call} and in its trace. */
    public void recordCaller(Vendor vendor, String bitkeyName) {
        call = call.by(vendor, bitkeyName).makeCurrent();
        Span.current().setAttribute("vendor", vendor.name()).setAttribute("bitkey.name", bitkeyName);
    }

    /** Records the status and the number of rows of the answer. */
    public void recordAnswer(Envelope<?> answer) {
        status = String.valueOf(answer.status());
        failed = answer.status() != Status.DONE.number();
        rows = answer.data() == null ? 0 : answer.data().items().size();
    }

    /** Records an answer with rows that is not an envelope. */
    public void recordRows(int count) {
        status = String.valueOf(Status.DONE.number());
        rows = count;
    }

    /** Records that the answer is a stored response. */
    public void recordReplay() {
        status = "replayed";
    }

    /** Records that the call waits on purpose, so that its time says nothing about the service. */
    public void recordWait() {
        waiting = true;
    }

    /** Milliseconds since the first handler saw the request. */
    public long millis() {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    /** The number of the envelope's status, {@code replayed}, or {@code unknown} before the answer. */
    String status() {
        return status;
    }

    /** Whether the answer is an envelope with a failure, whatever its HTTP code is. */
    boolean isFailed() {
        return failed;
    }

    boolean isWaiting() {
        return waiting;
    }

    int rows() {
        return rows;
    }
}
