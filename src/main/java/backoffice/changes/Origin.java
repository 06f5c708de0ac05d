package backoffice.changes;

import backoffice.value.Call;
import io.smallrye.common.vertx.ContextLocals;

/**
 * Where a change comes from: a call, or a command of the application.
 *
 * @param call the method and the path template of a call, or the name of a command
 * @param bitkey the name of the bitkey; null for a command
 * @param correlationId null for a command
 * @param idempotencyKey the idempotency key of the call; null without one
 */
public record Origin(String call, String bitkey, String correlationId, String idempotencyKey) {

    private static final String COMMAND = Origin.class.getName();

    /** Says that the changes in this Vert.x context come from a command. */
    public static void setCommand(String name) {
        ContextLocals.put(COMMAND, name);
    }

    /** The origin of the changes in this Vert.x context. */
    static Origin current() {
        return Call.current()
                .map(call -> new Origin(call.name(), call.bitkeyName(), call.correlationId(), call.idempotencyKey()))
                .orElseGet(() -> new Origin(ContextLocals.<String>get(COMMAND).orElse(null), null, null, null));
    }
}
