package backoffice.history;

import backoffice.call.Call;
import backoffice.envelope.ApiException;
import backoffice.envelope.Location;
import backoffice.envelope.Problem;
import backoffice.envelope.QueryString;
import backoffice.value.Name;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Context;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.time.temporal.ValueRange;
import java.util.List;

/**
 * Which changes a page of the history has (docs/api.md, section 10). A component that is null accepts all changes.
 *
 * @param group the name of a group before or after the change: of the group itself, or of one that a customer is in.
 *     With a customer, the group in which it has or had its name
 * @param customer the name that a customer has, or had before or after a change in the time
 * @param who a part of the name of a key or of a correlation id, in any letter case
 * @param before the id that all changes of the page are older than
 */
record HistoryFilter(
        String group,
        String customer,
        String typePrefix,
        String correlationIdPrefix,
        String who,
        OffsetDateTime since,
        OffsetDateTime until,
        long before,
        int limit) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 100;
    private static final long MAX_ID = 999_999_999_999_999_999L;

    /** What the triggers of {@code afterMigrate__history.sql} write. */
    private static final List<String> TYPES = List.of(
            "group.created",
            "group.renamed",
            "group.deleted",
            "customer.created",
            "customer.changed",
            "customer.moved",
            "customer.renamed",
            "customer.deleted");

    /** As of times in a body. PostgreSQL has fewer years than Java. */
    private static final ValueRange YEARS = ValueRange.of(1, 9999);

    /** The query parameters of the call. JAX-RS does not read them itself, for the reasons of {@code PageRange}. */
    public record Parameters(@Context HttpServerRequest request) {

        /** @throws ApiException (1001) when a parameter is malformed or is sent twice */
        HistoryFilter filter(ZoneId zone) {
            QueryString sent = new QueryString(request.query());
            return new HistoryFilter(
                    name(sent, "group"),
                    name(sent, "customer"),
                    sent.text("type").map(Parameters::type).orElse(null),
                    sent.text("correlationId").map(Parameters::correlationId).orElse(null),
                    name(sent, "who"),
                    sent.text("since").map(text -> time("since", text, zone)).orElse(null),
                    sent.text("until").map(text -> time("until", text, zone)).orElse(null),
                    sent.number("before", MAX_ID, 1, MAX_ID),
                    (int) sent.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
        }

        private static String type(String text) {
            if (text.isEmpty() || TYPES.stream().noneMatch(type -> type.startsWith(text))) {
                throw new ApiException(Problem.UNKNOWN_TYPE, text, TYPES);
            }
            return text;
        }

        private static String correlationId(String text) {
            if (!Call.isCorrelationId(text)) {
                throw new ApiException(Problem.MALFORMED_CORRELATION_ID, text);
            }
            return text;
        }
    }

    /** Whether the search for a page can read all changes of the vendor, because few of them match. */
    boolean canReadAll() {
        return !equals(new HistoryFilter(null, null, null, null, null, null, null, before, limit));
    }

    private static String name(QueryString parameters, String parameter) {
        String text = parameters.text(parameter).orElse(null);
        try {
            return text == null ? null : new Name(text).value();
        } catch (ApiException e) {
            throw e.at(Location.BODY.member(parameter));
        }
    }

    private static OffsetDateTime time(String parameter, String text, ZoneId zone) {
        try {
            OffsetDateTime time = text.contains(":")
                    ? OffsetDateTime.parse(text)
                    : LocalDate.parse(text).atStartOfDay(zone).toOffsetDateTime();
            YEARS.checkValidValue(time.getYear(), ChronoField.YEAR);
            return time;
        } catch (DateTimeException e) {
            throw new ApiException(Problem.MALFORMED_TIME, parameter, text);
        }
    }
}
