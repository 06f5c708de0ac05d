package backoffice.http;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.json.StrictJsonReader;
import backoffice.protection.LargeBodyLimiter;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.ext.Provider;

/** Reads the body of the calls that require one. */
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
