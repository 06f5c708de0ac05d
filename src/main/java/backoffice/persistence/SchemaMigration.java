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

/**
 * Migrates the schema with Flyway at the start of the service, unless {@code backoffice.migrate-at-start} is
 * false. See docs/adr/0021.
 */
@Singleton
class SchemaMigration {

    private static final int AFTER_CONFIGURATION_CHECKS = Interceptor.Priority.LIBRARY_BEFORE;

    private final Instance<Flyway> flyway;
    private final boolean enabled;

    SchemaMigration(
            @FlywayDataSource("migration") Instance<Flyway> flyway,
            @ConfigProperty(name = "backoffice.migrate-at-start") boolean enabled) {
        this.flyway = flyway;
        this.enabled = enabled;
    }

    /**
     * Runs the migration at the start, after the checks of the configuration.
     *
     * @throws ConfigurationException when the migration fails, because Quarkus prints its message without a stack trace
     */
    void migrate(@Observes @Priority(AFTER_CONFIGURATION_CHECKS) StartupEvent event) {
        if (enabled) {
            try {
                flyway.get().migrate();
            } catch (FlywayException e) {
                throw new ConfigurationException("The schema could not be brought up to date. " + e.getMessage());
            }
        }
    }
}
