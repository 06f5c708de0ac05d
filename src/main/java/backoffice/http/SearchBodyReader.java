package backoffice.http;

import backoffice.envelope.ApiException;
import backoffice.envelope.Status;
import backoffice.json.StrictJsonReader;
import backoffice.protection.LargeBodyLimiter;
import backoffice.search.SearchRequest;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * Body reader of the searches (docs/api.md, section 6.1). The body may be absent. A fault inside {@code querys} or
 * {@code sorts} is 1002 instead of 1001.
 */
@Provider
class SearchBodyReader extends BodyReader<SearchRequest> {

    SearchBodyReader(StrictJsonReader json, CurrentVertxRequest request, LargeBodyLimiter largeBodies) {
        super(json, request, largeBodies);
    }

    @Override
    SearchRequest absent() {
        return SearchRequest.EVERYTHING;
    }

    @Override
    public SearchRequest readFrom(
            Class<SearchRequest> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream stream)
            throws IOException {
        try {
            return super.readFrom(type, genericType, annotations, mediaType, headers, stream);
        } catch (ApiException e) {
            throw e.location().isInArray() ? e.as(Status.INVALID_SEARCH) : e;
        }
    }
}
