package backoffice.history;

import backoffice.persistence.ChangeActor;
import backoffice.value.Call;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells the triggers of {@code R__history.sql} the call that makes a change, while {@code backoffice.history} is on. */
@Singleton
class CallActor implements ChangeActor {

    private final boolean enabled;
    private final long retentionSeconds;

    CallActor(
            @ConfigProperty(name = "backoffice.history") boolean enabled,
            @ConfigProperty(name = "backoffice.history.retention") Duration retention) {
        this.enabled = enabled;
        this.retentionSeconds = retention.toSeconds();
    }

    @Override
    public String current() {
        return enabled ? Call.current().map(this::json).orElse(null) : null;
    }

    private String json(Call call) {
        JsonObject actor = new JsonObject().put("call", call.name()).put("bitkey", call.bitkeyName());
        if (call.idempotencyKey() != null) {
            actor.put("idempotencyKey", call.idempotencyKey());
        }
        return actor.put("correlationId", call.correlationId())
                .put("retention", retentionSeconds)
                .encode();
    }
}
