package backoffice.history;

import backoffice.persistence.ChangeActor;
import backoffice.value.Call;
import io.vertx.core.json.JsonObject;

/**
 * Tells the triggers of {@code afterMigrate__history.sql} the call that makes a change.
 *
 * @param retentionSeconds how long a change is kept
 */
record CallActor(long retentionSeconds) implements ChangeActor {

    @Override
    public String current() {
        return Call.current().map(this::json).orElse(null);
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
