package backoffice.cli;

import backoffice.schema.SchemaMigration;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;

/** The command {@code schema}, whose only command migrates the schema. */
@Command(name = "schema", synopsisSubcommandLabel = "COMMAND", description = "Migrates the schema.")
public class SchemaCommand {

    @Inject
    SchemaMigration schema;

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
    void migrate() {
        Terminal.out().println(schema.migrate());
    }
}
