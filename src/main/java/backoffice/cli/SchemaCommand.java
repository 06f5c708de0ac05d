package backoffice.cli;

import backoffice.persistence.SchemaDistribution;
import backoffice.persistence.SchemaDistribution.NotDistributable;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.InjectableInstance;
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
     * @return the exit code: 0 the tables are distributed, 3 they are not
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
            spec.commandLine()
                    .getErr()
                    .println("The command needs the migration. Set BACKOFFICE_MIGRATE_AT_START to true.");
            return CommandRunner.FAILED;
        }
        try (Connection connection = migration.get().getConnection()) {
            spec.commandLine().getOut().println(SchemaDistribution.distribute(connection));
            return 0;
        } catch (NotDistributable e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CommandRunner.FAILED;
        }
    }
}
