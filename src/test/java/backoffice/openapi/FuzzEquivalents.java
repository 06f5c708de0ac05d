package backoffice.openapi;

import backoffice.testsupport.Api;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Equivalent spellings of a request, which get the same answer (docs/api.md, sections 1.1, 1.2, 3.2 and 3.4). */
final class FuzzEquivalents {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern ESCAPE_OR_LETTER = Pattern.compile("%..|[a-z]");
    private static final Pattern BEGINNING_OF_TEXT = Pattern.compile("\"[a-z]");

    private final FuzzValues values;
    private final List<UnaryOperator<FuzzRequest>> all;

    FuzzEquivalents(FuzzValues values) {
        this.values = values;
        this.all = List.of(
                this::escapedLetters,
                this::dotSegments,
                request -> request.withTarget(request.target().replaceFirst("^/", "http://localhost/")),
                request -> request.withParameter(values.oneOf(List.of("x=%zz", "&&=", "Limit=x", "%", "offset%00=1"))),
                request -> request.andHeader(values.oneOf(List.of("Accept: text/html", "Accept: ;;;", "Accept: "))),
                request -> request.andHeader(values.oneOf(
                        List.of("Accept-Language: zh-CN", "Accept-Language: \u00ff;q=x", "Accept-Language: *"))),
                this::contentType,
                this::surroundedBody,
                this::escapedBody,
                this::ignoredBody);
    }

    FuzzRequest rewrite(FuzzRequest request) {
        return values.oneOf(all).apply(request);
    }

    private FuzzRequest escapedLetters(FuzzRequest request) {
        String target = request.target();
        int end = target.contains("?") ? target.indexOf('?') : target.length();
        String names = ESCAPE_OR_LETTER
                .matcher(target.substring(request.endOfBasePath(), end))
                .replaceAll(found -> found.group().length() == 1 && values.chance(4)
                        ? "%%%02x".formatted((int) found.group().charAt(0))
                        : found.group());
        return request.withTarget(target.substring(0, request.endOfBasePath()) + names + target.substring(end));
    }

    private FuzzRequest dotSegments(FuzzRequest request) {
        String dots = values.oneOf(List.of("/.", "/%2E", "/x/..", "/y/.%2e", "//.."));
        return request.withTarget(request.target().replaceFirst(Api.BASE_PATH, Api.BASE_PATH + dots));
    }

    private FuzzRequest contentType(FuzzRequest request) {
        return request.withHeader("Content-Type: "
                + values.oneOf(
                        List.of("", "APPLICATION/JSON", "application/x+json", "application/json;charset=\"UTF-8\"")));
    }

    private FuzzRequest surroundedBody(FuzzRequest request) {
        if (!request.hasBody()) {
            return request;
        }
        String mark = request.text().startsWith(BYTE_ORDER_MARK) ? "" : values.oneOf(List.of("", BYTE_ORDER_MARK, " "));
        return request.withText(mark + request.text() + values.oneOf(List.of("", "\r\n\t", "\n".repeat(70_000))));
    }

    private FuzzRequest escapedBody(FuzzRequest request) {
        if (!request.hasBody()) {
            return request;
        }
        String text = BEGINNING_OF_TEXT
                .matcher(request.text())
                .replaceAll(found -> "\"\\\\u%04x".formatted((int) found.group().charAt(1)));
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(c ->
                        escaped.append(c > '~' && c != BYTE_ORDER_MARK.charAt(0) ? "\\u%04x".formatted(c) : (char) c));
        return request.withText(escaped.toString());
    }

    private FuzzRequest ignoredBody(FuzzRequest request) {
        return request.takesBody() ? request : request.withText("[\0");
    }
}
