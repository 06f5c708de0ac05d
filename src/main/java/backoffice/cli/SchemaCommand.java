package backoffice.cli;

import backoffice.persistence.SchemaDistribution;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code schema}: changes how PostgreSQL stores the tables. */
@Command(
        name = "schema",
        synopsisSubcommandLabel = "COMMAND",
        description = "Changes how PostgreSQL stores the tables.")
public class SchemaCommand {

    @Spec
    CommandSpec spec;

    @Inject
    @DataSource("migration")
    InjectableInstance<AgroalDataSource> migration;

    /**
     * The command {@code schema distribute}: distributes the tables by vendor over the nodes of a Citus cluster. See
     * docs/scaling.md.
     *
     * @return the exit code 0
     * @throws ConfigurationException when the tables cannot be distributed
     */
    @Command(
            name = "distribute",
            description = {
                "Distributes the tables over the nodes of a Citus cluster, all rows of a vendor on one node.",
                "Rows that exist are distributed too. Run it once; a second time, it does nothing.",
                ""
            },
            footer = {
                "",
                "The command uses the database and the migration user of the service:",
                "QUARKUS_DATASOURCE_REACTIVE_URL, QUARKUS_DATASOURCE_MIGRATION_USERNAME etc.",
                "Exit codes: 0 the tables are distributed, 2 wrong usage, 3 they are not."
            })
    int distribute() throws SQLException {
        if (!migration.getHandle().getBean().isActive()) {
            throw new ConfigurationException(
                    "The command needs the migration. Set BACKOFFICE_MIGRATE_AT_START to true.");
        }
        try (Connection connection = migration.get().getConnection()) {
            spec.commandLine().getOut().println(SchemaDistribution.distribute(connection));
            return 0;
        }
    }
}
