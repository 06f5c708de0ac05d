package backoffice.observability;

import backoffice.envelope.Envelope;
import backoffice.envelope.Status;
import io.smallrye.common.vertx.ContextLocals;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** A request as its operator sees it, from its first sight to the end of its answer. */
public final class Call {

    /** The header that bears the id, of an answer, and of a request whose sender has one already. */
    static final String CORRELATION_ID = "x-correlation-id";

    private static final String KEY = Call.class.getName();
    /** The local of the context that holds the path template of a call that the hosted server answers. */
    static final String PASSED_TEMPLATE = Call.class.getName() + ".template";

    private static final String UNKNOWN = "unknown";

    private static final Pattern LEGAL_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String correlationId;
    private final long start = System.nanoTime();
    private String status = UNKNOWN;
    private String vendor;
    private String template;
    private boolean refused;
    private int rows;

    private Call(String correlationId) {
        this.correlationId = correlationId;
    }

    static Call begin(RoutingContext request, String template) {
        String sent = request.request().getHeader(CORRELATION_ID);
        Call call = new Call(
                sent != null && LEGAL_ID.matcher(sent).matches()
                        ? sent
                        : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
        call.template = template;
        request.put(KEY, call);
        return call;
    }

    /** The call that a request of the API is. */
    public static Call of(RoutingContext request) {
        return request.get(KEY);
    }

    /**
     * Notes what a request is answered with.
     *
     * @param entity what becomes the body: an envelope, or the bytes of one that was answered before
     */
    public static void answer(RoutingContext request, Object entity) {
        Call call = of(request);
        if (entity instanceof Envelope<?> envelope) {
            call.status = String.valueOf(envelope.status());
            call.refused = envelope.status() != Status.DONE.number();
            call.rows = envelope.data() == null ? 0 : envelope.data().items().size();
        } else {
            call.status = "replayed";
        }
    }

    /**
     * Notes that a vendor's request is answered by the hosted server.
     *
     * @param template what its path is called in log and metrics
     */
    public static void pass(RoutingContext request, String vendor, String template) {
        Call call = of(request);
        call.vendor = vendor;
        call.status = "upstream";
        call.template = template;
        ContextLocals.put(PASSED_TEMPLATE, template);
    }

    /**
     * What all lines of the log bear that were written on behalf of the call, and its answer as {@code x-correlation-id}: what the
     * request had there, 1 to 64 ASCII letters, digits, dots, dashes and underscores, else 16 random hexadecimal digits.
     */
    String correlationId() {
        return correlationId;
    }

    /** The path with names in braces; null when no call has that path and method. */
    String template() {
        return template;
    }

    /** The number of the envelope's status, or why there is none. */
    String status() {
        return status;
    }

    /** Whose request was passed on; null for all others. */
    String vendor() {
        return vendor;
    }

    /** Whether the answer tells of a failure, whatever its HTTP code. */
    boolean isRefused() {
        return refused;
    }

    /** How many items the answer has; 0 for an answer that is given again. */
    int rows() {
        return rows;
    }

    /** How long ago the request was seen first. */
    public long millis() {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
