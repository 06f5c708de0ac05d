package backoffice.cluster;

import backoffice.schema.SchemaMigration;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code schema distribute}: migrates the schema, and distributes the tables by vendor over the nodes of a
 * Citus cluster with the script {@code distribute.sql}. See docs/scaling.md.
 */
@Command(
        name = "distribute",
        description = {
            "Migrates the schema, and distributes the tables over the nodes of a Citus cluster, all rows of a",
            "vendor on one node.",
            "Rows that exist are distributed too. Run it once; a second time, it does nothing.",
            ""
        },
        footer = {
            "",
            "The command uses the database and the migration user of the service:",
            "QUARKUS_DATASOURCE_REACTIVE_URL, QUARKUS_DATASOURCE_MIGRATION_USERNAME etc.",
            "Exit codes: 0 the tables are distributed, 2 wrong usage, 3 they are not."
        })
public class DistributeCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Inject
    SchemaMigration schema;

    @Inject
    @DataSource("migration")
    Instance<AgroalDataSource> database;

    /** @throws ConfigurationException when the tables cannot be distributed */
    @Override
    public Integer call() throws IOException {
        schema.migrate();
        try (InputStream script = DistributeCommand.class.getResourceAsStream("distribute.sql");
                Connection connection = database.get().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            statement.getMoreResults();
            ResultSet report = statement.getResultSet();
            report.next();
            spec.commandLine().getOut().println(report.getString(1));
            return 0;
        } catch (SQLException e) {
            throw new ConfigurationException(
                    e.getMessage().replaceFirst("^ERROR: ", "").replaceFirst("\\R(?s:.*)", ""));
        }
    }
}
