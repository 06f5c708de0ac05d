package backoffice.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The plan of a statement of a call. Hibernate logs the parameters of a statement before the statement. */
public final class PlanRecorder {

    private static final Pattern VALUE =
            Pattern.compile("binding parameter \\((\\d+):(\\w+)\\) <- \\[(.*)]", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

    /** A value of each type. Arrays have one element, so that no join is empty. The text is also JSON. */
    private static final Map<String, String> VALUES = Map.of(
            "text", "'1'",
            "text[]", "array['x']",
            "bigint", "1",
            "bigint[]", "array[1]",
            "bytea", "'x'",
            "timestamp without time zone", "localtimestamp",
            "timestamp without time zone[]", "array[localtimestamp(0)]");

    /** The values of a statement that has not been logged yet, and those of each statement that has been. */
    private final Map<String, String> values = new HashMap<>();

    private final List<Map<String, String>> bound = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();

    /** The plan of the first statement that a call sends, in the format of {@code explain (format json)}. */
    public JsonNode plan(Runnable call) {
        return plan(Sql.text("explain (format json) " + statements(call).get(0)));
    }

    /**
     * The number of rows that PostgreSQL reads or compares for the first statement of a call, which runs again, with the plan
     * that it makes for the values of the call, or with the one for any values.
     *
     * @param planCacheMode {@code force_custom_plan} or {@code force_generic_plan}
     */
    public long rowsRead(String planCacheMode, Runnable call) {
        statements(call);
        try (SqlConnection connection = new SqlConnection(PostgresResource.jdbcUrl())) {
            connection.execute("set plan_cache_mode = " + planCacheMode + "; prepare call as " + statements.get(0));
            Map<String, String> values = bound.get(0);
            String list = IntStream.rangeClosed(1, values.size())
                    .mapToObj(i -> literal(values.get(String.valueOf(i))))
                    .collect(Collectors.joining(", "));
            return rowsReadIn(connection.text("explain (analyze, format json) execute call (" + list + ")"));
        }
    }

    /** The statements that a call sends, with their values, without those that set something. */
    public List<String> statements(Runnable call) {
        values.clear();
        bound.clear();
        statements.clear();
        LogListener.during(call, "org.hibernate.SQL", "org.hibernate.orm.jdbc.bind")
                .forEach(this::record);
        return IntStream.range(0, statements.size())
                .mapToObj(i -> PARAMETER
                        .matcher(statements.get(i))
                        .replaceAll(parameter ->
                                Matcher.quoteReplacement(literal(bound.get(i).get(parameter.group(1))))))
                .toList();
    }

    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    public static Stream<JsonNode> nodes(JsonNode plan) {
        return Stream.concat(
                Stream.of(plan),
                StreamSupport.stream(plan.path("Plans").spliterator(), false).flatMap(PlanRecorder::nodes));
    }

    /** The number of rows that PostgreSQL reads or compares for a statement without parameters, which is executed. */
    public static long rowsReadBy(String statement) {
        return rowsReadIn(Sql.text("explain (analyze, format json) " + statement));
    }

    private static long rowsReadIn(String explained) {
        return nodes(plan(explained))
                .mapToLong(node -> node.get("Actual Loops").asLong()
                        * ((node.has("Relation Name") ? node.get("Actual Rows").asLong() : 0)
                                + node.path("Rows Removed by Filter").asLong()
                                + node.path("Rows Removed by Join Filter").asLong()))
                .sum();
    }

    /** The plan of a statement with parameters, in the format of {@code explain (format json)}. */
    static JsonNode planOfPrepared(String url, String statement) {
        try (SqlConnection connection = new SqlConnection(url)) {
            connection.execute("set plan_cache_mode = force_custom_plan");
            return parse(connection.text("explain (format json) " + prepared(connection, statement)));
        }
    }

    /** How often PostgreSQL plans a statement with parameters for their values when a connection executes it some times. */
    public static int timesPlannedForValues(String statement, int executions) {
        try (SqlConnection connection = new SqlConnection(PostgresResource.jdbcUrl())) {
            connection.execute((prepared(connection, statement) + ";").repeat(executions));
            return Integer.parseInt(
                    connection.text("select custom_plans from pg_prepared_statements where name = 'statement'"));
        }
    }

    /** Prepares a statement, and returns the command that executes it. */
    private static String prepared(SqlConnection connection, String statement) {
        connection.execute("prepare statement as " + statement);
        String types = connection.text("select array_to_string(parameter_types::text[], ';')"
                + " from pg_prepared_statements where name = 'statement'");
        return Stream.of(types.split(";"))
                .map(type -> VALUES.get(type.replace("\"", "")))
                .collect(Collectors.joining(", ", "execute statement (", ")"));
    }

    private static JsonNode plan(String explained) {
        JsonNode plan = parse(explained).get(0).get("Plan");
        // On a cluster, the plan of the node that has the rows is part of the plan of the coordinator.
        JsonNode ofNode = plan.findValue("Plan");
        return ofNode == null ? plan : ofNode;
    }

    static JsonNode parse(String plan) {
        return Unchecked.supplier(() -> new ObjectMapper().readTree(plan)).get();
    }

    private void record(LogRecord entry) {
        Matcher value = VALUE.matcher(entry.getMessage());
        if (value.matches()) {
            boolean isArray = value.group(2).equals("ARRAY");
            values.putIfAbsent(
                    value.group(1), isArray ? value.group(3).replaceAll("^\\[(.*)]$", "{$1}") : value.group(3));
        } else if (SqlRecorder.isOfCall(entry.getMessage())
                && !entry.getMessage().startsWith("set ")) {
            statements.add(entry.getMessage());
            bound.add(Map.copyOf(values));
            values.clear();
        }
    }
}
