package backoffice.openapi;

import backoffice.openapi.Document.Call;
import backoffice.testsupport.Api;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A request as it goes out, byte by byte, and what is known of how it has to be answered.
 *
 * @param call the call of the document that it is, well-formed or not; null when it need not be any
 * @param claim how well-formed it is
 * @param target what stands in the request line, each byte a character
 * @param headers its lines, each byte a character
 * @param body null when there is none
 */
record FuzzRequest(Call call, Claim claim, String method, String target, List<String> headers, byte[] body) {

    private static final int MOST_PRINTED = 2_000;

    /** How well-formed a request is. */
    enum Claim {
        WELL_FORMED,
        UNKNOWN,
        MALFORMED
    }

    FuzzRequest claimed(Claim other) {
        return new FuzzRequest(call, other, method, target, headers, body);
    }

    /** The same for who does not know whether the document has such a call. */
    FuzzRequest ofNoCall() {
        return new FuzzRequest(null, Claim.UNKNOWN, method, target, headers, body);
    }

    FuzzRequest withMethod(String other) {
        return new FuzzRequest(call, claim, other, target, headers, body);
    }

    FuzzRequest withTarget(String other) {
        return new FuzzRequest(call, claim, method, other, headers, body);
    }

    /** Where in the target the path below the base path begins. */
    int endOfBasePath() {
        return target.indexOf(Api.BASE_PATH) + Api.BASE_PATH.length();
    }

    FuzzRequest withParameter(String parameter) {
        return withTarget(target + (target.contains("?") ? "&" : "?") + parameter);
    }

    boolean hasBody() {
        return body != null;
    }

    /** The body, read as UTF-8. */
    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    FuzzRequest withText(String other) {
        return withBody(other.getBytes(StandardCharsets.UTF_8));
    }

    FuzzRequest withBody(byte[] other) {
        return new FuzzRequest(call, claim, method, target, headers, other);
    }

    /** With a header in place of those of its name. */
    FuzzRequest withHeader(String line) {
        return without(line.substring(0, line.indexOf(':'))).andHeader(line);
    }

    FuzzRequest andHeader(String line) {
        List<String> lines = new ArrayList<>(headers);
        lines.add(line);
        return new FuzzRequest(call, claim, method, target, lines, body);
    }

    FuzzRequest without(String header) {
        List<String> others = headers.stream()
                .filter(line -> !line.regionMatches(true, 0, header + ":", 0, header.length() + 1))
                .toList();
        return new FuzzRequest(call, claim, method, target, others, body);
    }

    /** Whether the document names such a parameter of the call. */
    boolean takes(String parameter) {
        return call != null
                && call.parameters().stream()
                        .anyMatch(p -> p.get("name").textValue().equals(parameter));
    }

    boolean takesBody() {
        return call != null && call.operation().has("requestBody");
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String lines = headers.stream().map(line -> line + "\r\n").collect(Collectors.joining());
        String length = body == null ? "" : "Content-Length: " + body.length + "\r\n";
        bytes.writeBytes((method + " " + target + " HTTP/1.1\r\n" + lines + length + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body == null ? new byte[0] : body);
        return bytes.toByteArray();
    }

    /** As {@code printf} takes it, to send it once more by hand. */
    @Override
    public String toString() {
        String bytes = new String(bytes(), StandardCharsets.ISO_8859_1);
        String printed = bytes.chars()
                .limit(MOST_PRINTED)
                .mapToObj(c -> c < ' ' || c > '~' || c == '\\' || c == '\'' || c == '%'
                        ? "\\%03o".formatted(c)
                        : String.valueOf((char) c))
                .collect(Collectors.joining());
        return "printf '" + printed + "'" + (bytes.length() > MOST_PRINTED ? " # of " + bytes.length() : "");
    }
}
