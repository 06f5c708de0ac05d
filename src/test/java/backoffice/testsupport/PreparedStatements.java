package backoffice.testsupport;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Query plans of statements with parameters, with a value of the right type for each parameter. */
final class PreparedStatements {

    /** Arrays have one element, so that no join is empty. The text is also JSON. */
    private static final Map<String, String> VALUES = Map.of(
            "text", "'1'",
            "text[]", "array['x']",
            "bigint", "1",
            "bigint[]", "array[1]",
            "bytea", "'x'",
            "timestamp without time zone", "localtimestamp",
            "timestamp without time zone[]", "array[localtimestamp(0)]");

    private PreparedStatements() {}

    /** The plan in the format of {@code explain (format json)}. */
    static String plan(String url, String statement) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement()) {
            sql.execute("set plan_cache_mode = force_custom_plan");
            sql.execute("prepare statement as " + statement);
            String types = text(
                    sql,
                    "select array_to_string(parameter_types::text[], ';') from pg_prepared_statements"
                            + " where name = 'statement'");
            String values = Stream.of(types.split(";"))
                    .map(type -> VALUES.get(type.replace("\"", "")))
                    .collect(Collectors.joining(", "));
            return text(sql, "explain (format json) execute statement (" + values + ")");
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    private static String text(Statement sql, String query) throws SQLException {
        try (ResultSet result = sql.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
