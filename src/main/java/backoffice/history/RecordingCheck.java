package backoffice.history;

import backoffice.observability.HealthChecks;
import backoffice.persistence.Database;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.Readiness;

/**
 * The health check of the history (docs/api.md, section 9.1). It is down while the database lacks the triggers of
 * {@code afterMigrate__history.sql}, or has them disabled. A busy service asks too, on the connection beside the calls.
 */
@Singleton
class RecordingCheck {

    private static final Duration MAX_ANSWER = Duration.ofSeconds(1);
    private static final String RECORDS = """
            select count(*) = 4 and to_regclass('history') is not null from pg_trigger
            where tgrelid in (to_regclass('customer_group'), to_regclass('customer'))
            and tgname in ('history_insert', 'history_update') and tgenabled in ('O', 'A')
            """;

    private static final String GAP =
            "The history is on, but the database does not record changes: triggers are missing or disabled. Run schema"
                    + " migrate with BACKOFFICE_HISTORY=on.";

    private final Database database;
    private volatile boolean records = true;

    RecordingCheck(Database database) {
        this.database = database;
    }

    /** Null while the history is off. */
    @Produces
    @Dependent
    @Readiness
    AsyncHealthCheck check(@ConfigProperty(name = "backoffice.history") boolean enabled) {
        return enabled ? () -> HealthChecks.check("history", recording(), Throwable::getMessage) : null;
    }

    /** Without an answer of the database, the last one counts. The check of the database says that it does not answer. */
    private Uni<?> recording() {
        return database.withoutVendor(RECORDS)
                .invoke(rows -> records = (Boolean) rows.get(0)[0])
                .ifNoItem()
                .after(MAX_ANSWER)
                .fail()
                .onItemOrFailure()
                .transformToUni((rows, noAnswer) -> records
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(new IllegalStateException(GAP)));
    }
}
