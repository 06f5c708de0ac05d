package backoffice.http;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.observability.CallLog;
import backoffice.value.Vendor;
import backoffice.vendor.Bitkey;
import backoffice.vendor.BitkeyRegistry;
import io.opentelemetry.api.trace.Span;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Filter of who calls: the bitkey is valid, and may do what the call does (docs/api.md, sections 2.1 and 2.2). */
class AuthenticationFilter {

    private final BitkeyRegistry bitkeys;

    AuthenticationFilter(BitkeyRegistry bitkeys) {
        this.bitkeys = bitkeys;
    }

    /** The vendor of the bitkey in the header {@code bitkey} becomes the caller. */
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    Uni<Void> authenticate(RoutingContext call) {
        String key = call.request().getHeader(BitkeyRegistry.HEADER);
        if (key == null || key.isEmpty()) {
            throw new ApiException(Problem.KEY_MISSING);
        }
        return bitkeys.find(key).map(found -> {
            Bitkey bitkey = found.orElseThrow(() -> new ApiException(Problem.KEY_UNKNOWN));
            CallLog.of(call).recordCaller(new Vendor(bitkey.vendor()), bitkey.name());
            Span.current().setAttribute("vendor", bitkey.vendor()).setAttribute("bitkey.name", bitkey.name());
            if (bitkey.readOnly() && !RequestNormalizer.isRead(call)) {
                throw new ApiException(Problem.KEY_READ_ONLY);
            }
            return null;
        });
    }
}
