package backoffice.changes;

import backoffice.bulkhead.Bulkhead;
import backoffice.bulkhead.Limits;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.envelope.QueryParameters;
import backoffice.http.CallAuthenticator;
import backoffice.observability.CallLog;
import backoffice.protection.LargeResponseLimiter;
import backoffice.value.PathSegment;
import backoffice.value.Vendor;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The HTTP routes of the feed of changes and of the history (docs/api.md, sections 10.2 and 10.3). They are not under
 * the base path of the API, and their answers are not envelopes unless they fail.
 */
@ApplicationScoped
class ChangeRoutes {

    private static final String FEED = "/backoffice/changes";
    private static final String HISTORY = "/backoffice/history";
    private static final String MEDIA_TYPE = "application/cloudevents-batch+json; charset=UTF-8";
    private static final String LATEST = "latest";
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;
    private static final int MAX_WAIT_SECONDS = 20;
    private static final int MAX_READERS_OF_VENDOR = 200;

    /** A page of 1 MiB as text of the database, as a tree and as JSON. */
    private static final long MAX_PAGE_BYTES = 6L << 20;

    private static final ChangeCursor END = new ChangeCursor(Integer.MAX_VALUE, Long.MAX_VALUE, 0);

    private final boolean enabled;
    private final ChangeReader reader;
    private final ChangeHorizon horizon;
    private final CallAuthenticator authenticator;
    private final LargeResponseLimiter memory;
    private final ObjectMapper json;
    private final Vertx vertx;
    private final Bulkhead readers;
    private volatile boolean shuttingDown;

    ChangeRoutes(
            @ConfigProperty(name = "backoffice.changes") boolean enabled,
            ChangeReader reader,
            ChangeHorizon horizon,
            CallAuthenticator authenticator,
            LargeResponseLimiter memory,
            ObjectMapper json,
            Vertx vertx,
            MeterRegistry meters) {
        this.enabled = enabled;
        this.reader = reader;
        this.horizon = horizon;
        this.authenticator = authenticator;
        this.memory = memory;
        this.json = json;
        this.vertx = vertx;
        this.readers = new Bulkhead(
                vertx,
                meters,
                "readers of the feed",
                new Limits(Long.MAX_VALUE, MAX_READERS_OF_VENDOR, 0, Duration.ZERO));
    }

    void register(@Observes Router router) {
        router.get(FEED).handler(call -> serve(call, FEED, this::feed));
        router.get(HISTORY).handler(call -> serve(call, HISTORY, this::history));
    }

    /** A call that waits would delay the shutdown. */
    void startShutdown(@Observes ShutdownDelayInitiatedEvent event) {
        shuttingDown = true;
    }

    private void serve(
            RoutingContext call, String path, BiFunction<RoutingContext, Vendor, Uni<List<ChangeEvent>>> read) {
        CallLog.start(call, path, path);
        if (!enabled) {
            authenticator.fail(call, new ApiException(Problem.NO_SUCH_PATH, path));
            return;
        }
        authenticator.authenticate(
                call,
                caller -> Uni.createFrom()
                        .deferred(() -> read.apply(
                                call, new Vendor(caller.getPrincipal().getName())))
                        .subscribe()
                        .with(events -> answer(call, events), failure -> fail(call, failure)));
    }

    private Uni<List<ChangeEvent>> feed(RoutingContext call, Vendor vendor) {
        QueryParameters parameters = parameters(call);
        int limit = parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        int wait = parameters.number("wait", MAX_WAIT_SECONDS, 0, MAX_WAIT_SECONDS);
        String after = parameters.text("after").orElse(null);
        if (LATEST.equals(after)) {
            return horizon.latest(vendor)
                    .invoke(cursor -> addNext(call, FEED, "after=" + cursor + "&limit=" + limit))
                    .replaceWith(List.of());
        }
        ChangeCursor cursor = after == null ? ChangeCursor.START : ChangeCursor.of(after);
        LongPoll poll = new LongPoll(
                vertx,
                call,
                after == null ? 0 : wait,
                () -> shuttingDown
                        ? Uni.createFrom().item(false)
                        : authenticator.isStillAuthenticated(call, vendor.name()));
        return readers.execute(
                vendor,
                1,
                readers.deadline(),
                () -> poll.untilNotEmpty(
                        () -> reader.after(vendor, cursor, limit, () -> memory.acquire(call, MAX_PAGE_BYTES))));
    }

    private Uni<List<ChangeEvent>> history(RoutingContext call, Vendor vendor) {
        QueryParameters parameters = parameters(call);
        String group = parameters.text("group").orElse(null);
        String customer = parameters.text("customer").orElse(null);
        ChangeReader.Filter filter = new ChangeReader.Filter(group, customer, null, null);
        ChangeCursor cursor = parameters.text("before").map(ChangeCursor::of).orElse(END);
        int limit = parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        return memory.acquire(call, MAX_PAGE_BYTES)
                .chain(acquired -> reader.before(vendor, filter, cursor, limit))
                .invoke(page -> {
                    if (page.isFull()) {
                        String query = parameter("group", group) + parameter("customer", customer);
                        addNext(call, HISTORY, query + "before=" + page.last() + "&limit=" + limit);
                    }
                })
                .map(ChangeReader.Page::events);
    }

    private static String parameter(String name, String value) {
        return value == null ? "" : name + "=" + PathSegment.encode(value) + "&";
    }

    private static QueryParameters parameters(RoutingContext call) {
        return new QueryParameters(call.request().query());
    }

    private static void addNext(RoutingContext call, String path, String query) {
        call.response().putHeader("Link", "<" + path + "?" + query + ">; rel=\"next\"");
    }

    private void answer(RoutingContext call, List<ChangeEvent> events) {
        CallLog.of(call).recordRows(events.size());
        prepare(call);
        LargeResponseLimiter.send(call, json, events);
    }

    static void prepare(RoutingContext call) {
        if (!call.response().headWritten()) {
            call.response().putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
        }
    }

    /** After the head of the response, a failure cannot be told. The next call of the client gets it. */
    private void fail(RoutingContext call, Throwable failure) {
        if (call.response().headWritten()) {
            answer(call, List.of());
        } else {
            authenticator.fail(call, failure);
        }
    }
}
