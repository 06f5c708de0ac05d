package backoffice.http;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.json.StrictJsonReader;
import backoffice.protection.LargeBodyLimiter;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.ext.Provider;

/** Body reader of the calls that require a body (docs/api.md, section 3.4); a missing body is 1001. */
@Provider
class JsonBodyReader extends BodyReader<Object> {

    JsonBodyReader(StrictJsonReader json, CurrentVertxRequest request, LargeBodyLimiter largeBodies) {
        super(json, request, largeBodies);
    }

    @Override
    Object absent() {
        throw new ApiException(Problem.BODY_MISSING);
    }
}
