package backoffice.cluster;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Distributes the tables over the nodes of a Citus cluster, so that all rows of a vendor are on one node. See
 * docs/scaling.md and docs/adr/0027.
 */
public final class SchemaDistribution {

    /** The tables that are distributed by vendor if they exist, each after the tables that it refers to. */
    private static final List<String> TABLES =
            List.of("customer_group", "customer", "row_count", "stored_response", "change");

    /** The small tables that each node has whole, because they are read for all vendors. */
    private static final List<String> REFERENCE_TABLES = List.of("bitkey");

    private static final int MIN_MAJOR_VERSION = 13;
    private static final String VERSION = "select extversion from pg_extension where extname = 'citus'";
    private static final String IS_UNDISTRIBUTED = "select count(*) from pg_class where oid = to_regclass('%s')"
            + " and oid not in (select logicalrelid from pg_dist_partition)";
    private static final String NODES_WITHOUT_TRIGGERS = """
            select count(*) from run_command_on_all_nodes('show citus.enable_unsafe_triggers') where result <> 'on'
            """;
    private static final String WORKERS =
            "select count(*) from pg_dist_node where isactive and shouldhaveshards and noderole = 'primary'";
    private static final String SHARDS = "select count(*) from pg_dist_shard where logicalrelid = 'customer'::regclass";

    private SchemaDistribution() {}

    /**
     * Distributes the tables with their rows, in one transaction. Changes wait meanwhile. Does nothing with tables that
     * are distributed already, so that you can run it again after a migration that has added tables.
     *
     * @param connection a connection to the coordinator, as the owner of the tables
     * @return a sentence that says what was done
     * @throws ConfigurationException when the database has no Citus, a Citus that is too old, or a setting that forbids
     *     the triggers
     */
    public static String distribute(Connection connection) throws SQLException {
        requireCitus(connection);
        List<String> tables = undistributed(connection, TABLES);
        List<String> referenceTables = undistributed(connection, REFERENCE_TABLES);
        List<String> all =
                Stream.concat(tables.stream(), referenceTables.stream()).toList();
        if (all.isEmpty()) {
            return "The tables are distributed already.";
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table " + String.join(", ", all) + " in access exclusive mode");
            // Citus does not support triggers on truncate. Nothing in the service truncates a table.
            statement.execute("drop trigger if exists row_count_truncate on customer_group");
            statement.execute("drop trigger if exists row_count_truncate on customer");
            for (String table : tables) {
                String colocation = table.equals(TABLES.get(0)) ? "default" : TABLES.get(0);
                statement.execute("select create_distributed_table('%s', 'vendor', colocate_with => '%s')"
                        .formatted(table, colocation));
            }
            for (String table : referenceTables) {
                statement.execute("select create_reference_table('%s')".formatted(table));
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
        return "%d tables are distributed: %d shards on %d nodes."
                .formatted(all.size(), number(connection, SHARDS), number(connection, WORKERS));
    }

    private static List<String> undistributed(Connection connection, List<String> tables) throws SQLException {
        List<String> undistributed = new ArrayList<>();
        for (String table : tables) {
            if (number(connection, IS_UNDISTRIBUTED.formatted(table)) > 0) {
                undistributed.add(table);
            }
        }
        return undistributed;
    }

    private static void requireCitus(Connection connection) throws SQLException {
        String version = text(connection, VERSION);
        if (version == null) {
            throw new ConfigurationException(
                    "This database has no Citus. On a plain PostgreSQL, there is nothing to distribute."
                            + " On a Citus cluster, run \"create extension citus\" in this database on each node first.");
        }
        if (Integer.parseInt(version.replaceAll("\\D.*", "")) < MIN_MAJOR_VERSION) {
            throw new ConfigurationException(
                    "Citus %s is too old. Install version %d or newer.".formatted(version, MIN_MAJOR_VERSION));
        }
        if (number(connection, WORKERS) == 0) {
            throw new ConfigurationException("The cluster has no node for shards. Add one with citus_add_node.");
        }
        if (number(connection, NODES_WITHOUT_TRIGGERS) > 0) {
            throw new ConfigurationException("Row counts need triggers on distributed tables."
                    + " Set citus.enable_unsafe_triggers = on on each node, and reload the configuration.");
        }
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next() ? result.getString(1) : null;
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        return Long.parseLong(text(connection, query));
    }
}
