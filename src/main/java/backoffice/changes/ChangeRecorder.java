package backoffice.changes;

import static backoffice.persistence.CitusForms.ON_NODE_OF_VENDOR;
import static backoffice.persistence.CitusForms.PINNED;

import backoffice.persistence.TransactionStart;
import backoffice.value.Call;
import backoffice.value.Vendor;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Tells the triggers of {@code V2__changes.sql} which call a transaction belongs to, while {@code backoffice.changes} is
 * on. They record changes only in such a transaction.
 */
@Singleton
class ChangeRecorder implements TransactionStart {

    private static final String SET_CALL = PINNED + " select set_config('changes.call', $2, true)" + ON_NODE_OF_VENDOR;
    private static final String READING = "GET ";
    private static final int TRANSACTIONS_PER_PURGE = 64;

    private final boolean enabled;
    private final Duration retention;
    private final AtomicInteger transactions = new AtomicInteger();

    ChangeRecorder(
            @ConfigProperty(name = "backoffice.changes") boolean enabled,
            @ConfigProperty(name = "backoffice.changes.retention") Duration retention) {
        this.enabled = enabled;
        this.retention = retention;
    }

    @Override
    public Statement statement(Vendor vendor) {
        return Call.current()
                .filter(call -> enabled && !call.name().startsWith(READING))
                .map(call ->
                        new Statement(SET_CALL, vendor.name(), setting(call).encode()))
                .orElse(null);
    }

    private JsonObject setting(Call call) {
        JsonObject setting = new JsonObject()
                .put("call", call.name())
                .put("bitkey", call.bitkeyName())
                .put("correlationId", call.correlationId())
                .put("idempotencyKey", call.idempotencyKey());
        // Calls delete what is older than the retention, so the service needs no scheduled job.
        return transactions.getAndIncrement() % TRANSACTIONS_PER_PURGE == 0
                ? setting.put("retention", retention.toSeconds())
                : setting;
    }
}
