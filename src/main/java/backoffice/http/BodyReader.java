package backoffice.http;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.envelope.Status;
import backoffice.json.StrictJsonReader;
import backoffice.search.SearchRequest;
import backoffice.value.Call;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Reader of JSON bodies that checks the content type first (docs/api.md, sections 1.2 and 3.4). A search may have no
 * body, and a fault inside its {@code querys} or {@code sorts} is 1002 instead of 1001 (section 6.1).
 */
@Provider
class BodyReader implements ServerMessageBodyReader<Object> {

    private final StrictJsonReader json;
    private final CurrentVertxRequest request;

    BodyReader(StrictJsonReader json, CurrentVertxRequest request) {
        this.json = json;
        this.request = request;
    }

    @Override
    public boolean isReadable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo method, MediaType mediaType) {
        return true;
    }

    // Quarkus calls this form. For the other one, it would parse the annotations of the resource method in each call.
    @Override
    public Object readFrom(Class<Object> type, Type genericType, MediaType mediaType, ServerRequestContext context)
            throws IOException {
        return readFrom(type, genericType, null, mediaType, null, context.getInputStream());
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return true;
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream stream)
            throws IOException {
        boolean isSearch = genericType == SearchRequest.class;
        try (stream) {
            Object value = read(stream.readAllBytes(), genericType);
            if (value == null && !isSearch) {
                throw new ApiException(Problem.BODY_MISSING);
            }
            return value == null ? SearchRequest.EVERYTHING : value;
        } catch (ApiException e) {
            throw isSearch && e.location().isInArray() ? e.as(Status.INVALID_SEARCH) : e;
        }
    }

    private Object read(byte[] body, Type type) {
        Call.current().orElseThrow().recordBody(body);
        if (StrictJsonReader.isBlank(body)) {
            return null;
        }
        ContentType.requireJson(request.getCurrent());
        return json.read(body, type);
    }
}
