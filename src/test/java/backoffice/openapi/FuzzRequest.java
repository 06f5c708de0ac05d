package backoffice.openapi;

import backoffice.openapi.Document.Call;
import backoffice.testsupport.Api;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A raw HTTP request, with what the test knows about its form.
 *
 * @param call the call of the document that the request addresses, or null if that is not known
 * @param claim whether the request is well-formed
 * @param target the target of the request line, each byte as one character
 * @param headers the header lines, each byte as one character
 * @param body the body, or null if there is none
 */
record FuzzRequest(Call call, Claim claim, String method, String target, List<String> headers, byte[] body) {

    private static final int MAX_PRINTED = 2_000;

    enum Claim {
        WELL_FORMED,
        UNKNOWN,
        MALFORMED
    }

    FuzzRequest claimed(Claim other) {
        return new FuzzRequest(call, other, method, target, headers, body);
    }

    /** The same request, for which it is not known whether the document has such a call. */
    FuzzRequest withUnknownCall() {
        return new FuzzRequest(null, Claim.UNKNOWN, method, target, headers, body);
    }

    FuzzRequest withMethod(String other) {
        return new FuzzRequest(call, claim, other, target, headers, body);
    }

    FuzzRequest withTarget(String other) {
        return new FuzzRequest(call, claim, method, other, headers, body);
    }

    /** The index in the target at which the base path ends. */
    int endOfBasePath() {
        return target.indexOf(Api.BASE_PATH) + Api.BASE_PATH.length();
    }

    FuzzRequest withParameter(String parameter) {
        return withTarget(target + (target.contains("?") ? "&" : "?") + parameter);
    }

    boolean hasBody() {
        return body != null;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    FuzzRequest withText(String other) {
        return withBody(other.getBytes(StandardCharsets.UTF_8));
    }

    FuzzRequest withBody(byte[] other) {
        return new FuzzRequest(call, claim, method, target, headers, other);
    }

    /** The request with this header line instead of all headers of the same name. */
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

    /** Whether the call has a parameter of this name in the document. */
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

    /** The request as a {@code printf} command, to send it again by hand. */
    @Override
    public String toString() {
        String bytes = new String(bytes(), StandardCharsets.ISO_8859_1);
        String printed = bytes.chars()
                .limit(MAX_PRINTED)
                .mapToObj(c -> c < ' ' || c > '~' || c == '\\' || c == '\'' || c == '%'
                        ? "\\%03o".formatted(c)
                        : String.valueOf((char) c))
                .collect(Collectors.joining());
        return "printf '" + printed + "'" + (bytes.length() > MAX_PRINTED ? " # of " + bytes.length() : "");
    }
}
