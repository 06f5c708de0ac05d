package backoffice.persistence;

import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema up to date at start, unless {@code backoffice.migrate-at-start} is false. */
@Singleton
class SchemaMigration {

    private static final int AFTER_CHECKS = Interceptor.Priority.LIBRARY_BEFORE;

    private final Instance<Flyway> flyway;
    private final boolean enabled;

    SchemaMigration(
            @FlywayDataSource("migration") Instance<Flyway> flyway,
            @ConfigProperty(name = "backoffice.migrate-at-start") boolean enabled) {
        this.flyway = flyway;
        this.enabled = enabled;
    }

    /** @throws ConfigurationException in place of Flyway's exception, since its message is printed without a stack trace */
    void migrate(@Observes @Priority(AFTER_CHECKS) StartupEvent event) {
        if (enabled) {
            try {
                flyway.get().migrate();
            } catch (FlywayException e) {
                throw new ConfigurationException("The schema could not be brought up to date. " + e.getMessage());
            }
        }
    }
}
