package backoffice.database;

import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema up to date when {@code backoffice.migration} says so. */
@Singleton
class SchemaMigration {

    private static final int BEFORE_CHECKS = Interceptor.Priority.PLATFORM_BEFORE - 1;
    private static final int AFTER_CHECKS = Interceptor.Priority.LIBRARY_BEFORE;
    private static final int SUCCESS = 0;

    /** When the schema is brought up to date. */
    enum When {
        /** Before the first call is taken. */
        AT_START,
        /** Instead of taking calls: a step of its own, before the service is rolled out. */
        ONLY,
        NEVER
    }

    private final Flyway flyway;
    private final When when;

    SchemaMigration(
            @FlywayDataSource("migration") Flyway flyway, @ConfigProperty(name = "backoffice.migration") When when) {
        this.flyway = flyway;
        this.when = when;
    }

    /** Whoever only migrates needs no bitkeys, nor anything else that a start checks. */
    void migrateOnly(@Observes @Priority(BEFORE_CHECKS) StartupEvent event) {
        if (when == When.ONLY) {
            migrate();
            throw new PreventFurtherStepsException("The schema is up to date.", SUCCESS);
        }
    }

    void migrateAtStart(@Observes @Priority(AFTER_CHECKS) StartupEvent event) {
        if (when == When.AT_START) {
            migrate();
        }
    }

    /** @throws ConfigurationException in place of Flyway's exception, since its message is printed without a stack trace */
    private void migrate() {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw new ConfigurationException("The schema could not be brought up to date. " + e.getMessage());
        }
    }
}
