package backoffice.cli;

import backoffice.cluster.SchemaDistribution;
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

/** The command {@code schema}: migrates the schema, and changes how PostgreSQL stores the tables. */
@Command(
        name = "schema",
        synopsisSubcommandLabel = "COMMAND",
        description = "Migrates the schema, and changes how PostgreSQL stores the tables.")
public class SchemaCommand {

    @Spec
    CommandSpec spec;

    @Inject
    SchemaMigration schema;

    @Inject
    @DataSource("migration")
    Instance<AgroalDataSource> database;

    /**
     * The command {@code schema migrate}: brings the schema up to date, whatever {@code backoffice.migrate-at-start}
     * is.
     *
     * @return the exit code 0
     * @throws ConfigurationException when the schema is not up to date
     */
    @Command(
            name = "migrate",
            description = {
                "Brings the schema up to date and exits. Prints the migrations that it applies.",
                "Run it before a rollout. A second time, it does nothing. It needs no bitkey.",
                ""
            },
            footer = {
                "",
                "The command uses the database and the migration user of the service:",
                "QUARKUS_DATASOURCE_REACTIVE_URL, QUARKUS_DATASOURCE_MIGRATION_USERNAME etc.",
                "Exit codes: 0 the schema is up to date, 2 wrong usage, 3 it is not."
            })
    int migrate() {
        spec.commandLine().getOut().println(schema.migrate());
        return 0;
    }

    /**
     * The command {@code schema distribute}: migrates the schema, and distributes the tables by vendor over the nodes
     * of a Citus cluster. See docs/scaling.md.
     *
     * @return the exit code 0
     * @throws ConfigurationException when the tables cannot be distributed
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
    int distribute() throws SQLException {
        schema.migrate();
        try (Connection connection = database.get().getConnection()) {
            spec.commandLine().getOut().println(SchemaDistribution.distribute(connection));
            return 0;
        }
    }
}
