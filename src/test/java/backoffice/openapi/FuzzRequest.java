package backoffice.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import backoffice.openapi.Document.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A raw HTTP request to mutate, with what the test knows about its form. Each byte of its head is one character. */
final class FuzzRequest {

    private static final int MAX_PRINTED = 2_000;

    enum Claim {
        WELL_FORMED,
        UNKNOWN,
        MALFORMED
    }

    /** The call of the document that the request addresses, or null if that is not known. */
    Call call;

    Claim claim = Claim.WELL_FORMED;
    String method;
    String target;
    final List<String> headers;

    /** The body, or null if there is none. */
    byte[] body;

    FuzzRequest(Call call, String target, String... headers) {
        this.call = call;
        this.method = call.method();
        this.target = target;
        this.headers = new ArrayList<>(List.of(headers));
    }

    void addParameter(String parameter) {
        target += (target.contains("?") ? "&" : "?") + parameter;
    }

    /** Puts this header line in the place of all headers of the same name. */
    void setHeader(String line) {
        removeHeader(line.substring(0, line.indexOf(':')));
        headers.add(line);
    }

    void removeHeader(String name) {
        headers.removeIf(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
    }

    byte[] bytes() {
        String lines = headers.stream().map(line -> line + "\r\n").collect(Collectors.joining());
        String length = body == null ? "" : "Content-Length: " + body.length + "\r\n";
        String content = body == null ? "" : new String(body, ISO_8859_1);
        return (method + " " + target + " HTTP/1.1\r\n" + lines + length + "\r\n" + content).getBytes(ISO_8859_1);
    }

    /** The request as a {@code printf} command, to send it again by hand. */
    @Override
    public String toString() {
        String bytes = new String(bytes(), ISO_8859_1);
        String printed = bytes.chars()
                .limit(MAX_PRINTED)
                .mapToObj(c -> c < ' ' || c > '~' || c == '\\' || c == '\'' || c == '%'
                        ? "\\%03o".formatted(c)
                        : String.valueOf((char) c))
                .collect(Collectors.joining());
        return "printf '" + printed + "'" + (bytes.length() > MAX_PRINTED ? " # of " + bytes.length() : "");
    }
}
