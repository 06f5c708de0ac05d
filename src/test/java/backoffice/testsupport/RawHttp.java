package backoffice.testsupport;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Sends raw HTTP requests, including malformed ones that client libraries do not send. */
public final class RawHttp {

    private static final int TIMEOUT_MILLIS = 15_000;

    private RawHttp() {}

    /** Sends text in UTF-8, and returns all bytes until the service closes the connection. */
    public static String send(String request) {
        return send(RestAssured.port, request);
    }

    /** Sends a GET of a path and a query, which are sent as they are, and returns the answer with its head. */
    public static String get(String target, String bitkey) {
        return send(head("GET " + target, bitkey) + "\r\n");
    }

    public static String send(int port, String request) {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends text in UTF-8, waits for the first bytes of the answer, and closes the connection. */
    public static String sendAndHangUp(int port, String request, int timeoutMillis) {
        return sendAndHangUp(port, request.getBytes(StandardCharsets.UTF_8), timeoutMillis);
    }

    /** Sends bytes, waits for the first bytes of the answer, and closes the connection. */
    public static String sendAndHangUp(int port, byte[] request, int timeoutMillis) {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(timeoutMillis);
            socket.getOutputStream().write(request);
            byte[] answer = new byte[1000];
            return new String(answer, 0, Math.max(0, socket.getInputStream().read(answer)), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException unanswered) {
            return "";
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A request: a head, such as that of {@link #head} and more headers, and a body with its length. */
    public static String request(String head, String body) {
        return head + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    /** A request whose body comes in chunks of up to 10,000 characters of ASCII. */
    public static String chunked(String head, String body) {
        return head + "Transfer-Encoding: chunked\r\n\r\n"
                + Pattern.compile("(?s).{1,10000}")
                        .matcher(body)
                        .replaceAll(part -> Integer.toHexString(part.group().length()) + "\r\n$0\r\n")
                + "0\r\n\r\n";
    }

    /** A request line with the headers of a vendor. The headers ask the server to close the connection. */
    public static String head(String requestLine, String bitkey) {
        return requestLine + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nbitkey: " + bitkey + "\r\n";
    }
}
