package backoffice.http;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Pattern;

/** The content type of a request (docs/api.md, section 1.2). Only that of a body that is read counts. */
final class ContentType {

    private static final Pattern JSON = Pattern.compile(
            "application/([^\\s/;]+\\+)?json\\s*(;\\s*charset\\s*=\\s*\"?utf-?8\"?\\s*)?;?", Pattern.CASE_INSENSITIVE);

    private static final String SENT = ContentType.class.getName();

    private ContentType() {}

    /** Replaces the content type by that of JSON, because JAX-RS would refuse some before the bitkey is checked. */
    static void replace(RoutingContext call) {
        MultiMap headers = call.request().headers();
        String sent = headers.get(HttpHeaders.CONTENT_TYPE);
        if (sent != null && !sent.equals(MediaType.APPLICATION_JSON)) {
            call.put(SENT, sent);
            headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }

    /** @throws ApiException (1006) when the content type that was sent is not that of JSON */
    static void requireJson(RoutingContext call) {
        String sent = call.get(SENT);
        if (sent != null && !sent.isBlank() && !JSON.matcher(sent.strip()).matches()) {
            throw new ApiException(Problem.NOT_JSON, sent);
        }
    }
}
