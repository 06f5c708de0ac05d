package backoffice.cli;

import backoffice.schema.SchemaMigration;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code schema}, whose only command migrates the schema. */
@Command(name = "schema", synopsisSubcommandLabel = "COMMAND", description = "Migrates the schema.")
public class SchemaCommand {

    @Inject
    SchemaMigration schema;

    @ConfigProperty(name = "backoffice.history")
    boolean recordsChanges;

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
                "Exit codes: 0 the schema is up to date, 2 wrong usage or settings, 3 it is not."
            })
    void migrate(
            @Option(
                            names = "--remove-history",
                            description = "Stops the database from recording changes. The recorded ones stay.")
                    boolean removesHistory) {
        if (removesHistory && recordsChanges) {
            throw new ConfigurationException("BACKOFFICE_HISTORY is on. Switch it off first, also for the service.");
        }
        Terminal.out().println(schema.migrate(removesHistory));
    }
}
