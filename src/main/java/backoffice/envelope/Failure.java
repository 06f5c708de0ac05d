package backoffice.envelope;

import backoffice.search.InvalidSearch;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/** The answer of a call that failed, in the client's language. */
public final class Failure {

    private static final String RETRY_AFTER_SECONDS = "1";

    private Failure() {}

    /**
     * @param request tells the client's language
     * @param arguments what the problem's sentence speaks of
     */
    public static Response of(Problem problem, HttpHeaders request, Object... arguments) {
        return of(new ApiException(problem, arguments), request);
    }

    static Response of(ApiException e, HttpHeaders request) {
        String sentence = Messages.text(e.problem(), e.arguments(), language(request));
        return answer(e.status(), e.location().isEmpty() ? sentence : e.location() + ": " + sentence)
                .build();
    }

    static Response of(InvalidSearch e, HttpHeaders request) {
        return answer(Status.INVALID_SEARCH, Messages.text(e.reason(), e.arguments(), language(request)))
                .build();
    }

    /** @param allowed the methods that the path has */
    public static Response noSuchMethod(String method, Set<String> allowed, HttpHeaders request) {
        ApiException e = new ApiException(Problem.NO_SUCH_METHOD, method, String.join(", ", allowed));
        return Response.fromResponse(of(e, request)).allow(allowed).build();
    }

    private static Response.ResponseBuilder answer(Status status, String msg) {
        Response.ResponseBuilder answer = Response.status(status.httpCode())
                .type(MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
                .entity(Envelope.failure(status, msg));
        return switch (status) {
            case UNAVAILABLE -> answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            case KEY_MISSING, KEY_UNKNOWN -> answer.header(HttpHeaders.WWW_AUTHENTICATE, "bitkey");
            default -> answer;
        };
    }

    private static String language(HttpHeaders request) {
        return request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
    }
}
