package backoffice.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;

/** A database whose tables are partitioned by the vendor, as a cluster distributes them. */
public final class PartitionedDatabase implements AutoCloseable {

    private static final String NAME = "partitioned";
    private static final int PARTITIONS = 4;
    /** Each node has the whole table bitkey. */
    private static final Pattern TABLE = Pattern.compile(
            "(create table (?:if not exists )?(?!bitkey)(\\w+) \\(\\n.*?\\n\\))( with \\([^)]*\\))?;", Pattern.DOTALL);

    private static final Pattern PARTITION =
            Pattern.compile("(customer_group|customer|row_count|stored_response)_p\\d+");

    public PartitionedDatabase(Path temporary) {
        Sql.execute("create database " + NAME);
        RepositoryFiles.below("src/main/resources/db/migration")
                .forEach(Unchecked.consumer(file ->
                        Files.writeString(temporary.resolve(file.getFileName()), partitioned(Files.readString(file)))));
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
                                .collect(Collectors.joining("\n"))));
    }

    private static String partition(String table, int i) {
        return "create table %1$s_p%2$d partition of %1$s for values with (modulus %3$d, remainder %2$d);"
                .formatted(table, i, PARTITIONS);
    }

    /** The partitions that a statement without parameters touches, by table. */
    public Map<String, List<String>> partitions(String statement) {
        return partitionsOf(PlanRecorder.parse(Sql.text(url(), "explain (format json) " + statement)));
    }

    /** The same for a statement with parameters, of which the first is the vendor. */
    public Map<String, List<String>> partitionsOfPrepared(String statement) {
        return partitionsOf(PlanRecorder.planOfPrepared(url(), statement));
    }

    private static Map<String, List<String>> partitionsOf(JsonNode plan) {
        return PlanRecorder.nodes(plan.get(0).get("Plan"))
                .map(node -> node.path("Relation Name").asText())
                .distinct()
                .map(PARTITION::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.groupingBy(
                        name -> name.group(1), Collectors.mapping(Matcher::group, Collectors.toList())));
    }

    @Override
    public void close() {
        Sql.execute("drop database " + NAME + " with (force)");
    }
}
