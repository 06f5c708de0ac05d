package backoffice.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * A database with the schema of the service in which each table is partitioned by a hash of the vendor. It stands for a
 * cluster that distributes the tables by vendor: a statement that PostgreSQL can restrict to one partition of each table
 * is one that a cluster sends to one node.
 */
public final class PartitionedDatabase implements AutoCloseable {

    private static final String NAME = "partitioned";
    private static final int PARTITIONS = 4;
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Pattern TABLE =
            Pattern.compile("(create table (\\w+) \\(\\n.*?\\n\\))( with \\([^)]*\\))?;", Pattern.DOTALL);
    private static final Pattern PARTITION = Pattern.compile("(customer_group|customer|replay|tally)_p\\d+");

    /** A value for a parameter of each type. Arrays have one element, so that no join is empty. */
    private static final Map<String, String> VALUES = Map.of(
            "text", "'x'",
            "text[]", "array['x']",
            "bigint", "1",
            "bigint[]", "array[1]",
            "bytea", "'x'",
            "timestamp without time zone", "localtimestamp",
            "timestamp without time zone[]", "array[localtimestamp(0)]");

    /** Creates the database. */
    public PartitionedDatabase(Path temporary) {
        Sql.execute("create database " + NAME);
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            for (Path file : files.toList()) {
                Files.writeString(temporary.resolve(file.getFileName()), partitioned(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Flyway.configure()
                .locations("filesystem:" + temporary)
                .dataSource(url(), null, null)
                .load()
                .migrate();
    }

    private static String url() {
        return PostgresResource.asSuperuser(PostgresResource.jdbcUrl(NAME));
    }

    private static String partitioned(String migration) {
        return TABLE.matcher(migration)
                .replaceAll(table -> Matcher.quoteReplacement(table.group(1) + " partition by hash (vendor);\n"
                        + IntStream.range(0, PARTITIONS)
                                .mapToObj(i -> partition(table.group(2), i))
                                .collect(Collectors.joining("\n"))))
                // PostgreSQL refuses to change the type of a partition key, also to the same type.
                .replace(", alter column vendor type text", "");
    }

    private static String partition(String table, int i) {
        return "create table %1$s_p%2$d partition of %1$s for values with (modulus %3$d, remainder %2$d);"
                .formatted(table, i, PARTITIONS);
    }

    /** The partitions that a statement without parameters touches, by table. */
    public Map<String, List<String>> partitions(String statement) {
        try (Connection connection = DriverManager.getConnection(url())) {
            return partitions(connection, statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** The same for a statement with parameters, of which the first is the vendor. */
    public Map<String, List<String>> partitionsOfPrepared(String statement) {
        try (Connection connection = DriverManager.getConnection(url());
                Statement sql = connection.createStatement()) {
            sql.execute("set plan_cache_mode = force_custom_plan");
            sql.execute("prepare statement as " + statement);
            String values;
            try (ResultSet types =
                    sql.executeQuery("select array_to_string(parameter_types::text[], ';') from pg_prepared_statements"
                            + " where name = 'statement'")) {
                types.next();
                values = Stream.of(types.getString(1).split(";"))
                        .map(type -> VALUES.get(type.replace("\"", "")))
                        .collect(Collectors.joining(", "));
            }
            return partitions(connection, "execute statement (" + values + ")");
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    private static Map<String, List<String>> partitions(Connection connection, String statement) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet plan = sql.executeQuery("explain (format json) " + statement)) {
            plan.next();
            JsonNode root =
                    new ObjectMapper().readTree(plan.getString(1)).get(0).get("Plan");
            return PlanRecorder.nodes(root)
                    .map(node -> node.path("Relation Name").asText())
                    .distinct()
                    .map(PARTITION::matcher)
                    .filter(Matcher::matches)
                    .collect(Collectors.groupingBy(
                            name -> name.group(1), Collectors.mapping(Matcher::group, Collectors.toList())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        Sql.execute("drop database " + NAME + " with (force)");
    }
}
