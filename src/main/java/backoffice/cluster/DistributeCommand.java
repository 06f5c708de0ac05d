package backoffice.cluster;

import backoffice.cli.AddedCommand;
import backoffice.schema.SchemaMigration;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code schema distribute}: migrates the schema, and distributes the tables by vendor over the nodes of a
 * Citus cluster. See docs/scaling.md.
 */
@AddedCommand.Of("schema")
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
public class DistributeCommand implements AddedCommand {

    @Spec
    CommandSpec spec;

    @Inject
    SchemaMigration schema;

    @Inject
    @DataSource("migration")
    Instance<AgroalDataSource> database;

    /** @throws ConfigurationException when the tables cannot be distributed */
    @Override
    public Integer call() throws SQLException {
        schema.migrate();
        try (Connection connection = database.get().getConnection()) {
            spec.commandLine().getOut().println(SchemaDistribution.distribute(connection));
            return 0;
        }
    }
}
