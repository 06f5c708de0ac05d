package backoffice.schema;

import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateOutput;

/**
 * Migrates the schema with Flyway: at the start, unless {@code backoffice.migrate-at-start} is false, or when a command
 * asks for it. Flyway can wait half a minute for the database, and longer for another migration. SIGTERM ends the
 * waiting. See docs/adr/0021.
 */
@Singleton
public class SchemaMigration {

    private static final int AFTER_CONFIGURATION_CHECKS = Interceptor.Priority.LIBRARY_BEFORE;

    /** Lines about what only the program of Flyway has. Its "repair" would hide a difference of two schemas. */
    private static final Pattern ADVICE_OF_FLYWAY =
            Pattern.compile("(Statement +: Run Flyway with -X |.*\\brun repair\\b|Need more flexibility ).*\\R?");

    private static final String OTHER_MIGRATIONS = """
            Another version of the service has made this schema. Start that version, or carry the data over as \
            docs/releasing.md#a-schema-of-another-version says. The schema of a database for development can be dropped \
            instead: the next start makes a new one.""";

    private final Instance<Flyway> flyway;
    private final boolean atStart;

    /**
     * Quarkus checks injected properties before it starts anything, so a start without a database ends with one line
     * that names the property.
     */
    SchemaMigration(
            @FlywayDataSource("migration") Instance<Flyway> flyway,
            @ConfigProperty(name = "backoffice.migrate-at-start") boolean atStart,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url) {
        this.flyway = flyway;
        this.atStart = atStart;
    }

    void onStart(@Observes @Priority(AFTER_CONFIGURATION_CHECKS) StartupEvent event) {
        if (atStart) {
            apply(flyway.get());
        }
    }

    /**
     * Migrates the schema.
     *
     * @param removesHistory whether the database then records no changes any more. The recorded ones stay
     * @return a line for each migration that this process has applied, and one for their number and the version
     * @throws ConfigurationException when the migration fails
     */
    public String migrate(boolean removesHistory) {
        FluentConfiguration configuration =
                Flyway.configure().configuration(flyway.get().getConfiguration());
        if (removesHistory) {
            configuration.placeholders(Map.of("history", "remove"));
        }
        List<MigrateOutput> applied = apply(configuration.load());
        StringBuilder report = new StringBuilder();
        applied.forEach(migration -> report.append("%s %s%n"
                .formatted(migration.version.isEmpty() ? "R" : "V" + migration.version, migration.description)));
        if (removesHistory) {
            report.append("The database records no changes any more. The table history stays.%n".formatted());
        }
        return report.append("Migrations applied: %d. The schema has version %s."
                        .formatted(applied.size(), flyway.get().info().current().getVersion()))
                .toString();
    }

    private static List<MigrateOutput> apply(Flyway flyway) {
        AtomicReference<Thread> waiting = new AtomicReference<>(Thread.currentThread());
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> Optional.ofNullable(waiting.get()).ifPresent(Thread::interrupt)));
        try {
            return flyway.migrate().migrations;
        } catch (FlywayException e) {
            // Quarkus prints the message of this exception without a stack trace.
            throw new ConfigurationException("The schema could not be brought up to date. " + reason(e));
        } finally {
            waiting.set(null);
        }
    }

    /** The innermost cause tells what the driver does not, such as a host that is unknown. */
    private static String reason(FlywayException failure) {
        String said = ADVICE_OF_FLYWAY.matcher(failure.getMessage()).replaceAll("");
        if (failure instanceof FlywayValidateException) {
            return said + OTHER_MIGRATIONS;
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof IOException ? said.strip() + "%nCause      : %s".formatted(cause) : said;
    }
}
