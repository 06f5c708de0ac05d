package backoffice.testsupport;

import io.restassured.RestAssured;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends raw HTTP requests one after the other. It keeps the connection open until the service closes it. */
public final class RawConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 15_000;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");
    private static final Pattern CLOSE = Pattern.compile("(?i)\r\nconnection: close");

    private final IntSupplier port;
    private Socket socket;
    private InputStream in;

    public RawConnection() {
        // RestAssured gets the port after the fields of a test are initialized.
        this.port = () -> RestAssured.port;
    }

    public RawConnection(int port) {
        this.port = () -> port;
    }

    /** Sends a request, and returns the answer. That of HEAD has a length but no body. */
    public String send(byte[] request, boolean answerHasBody) {
        try {
            if (socket == null) {
                socket = new Socket("localhost", port.getAsInt());
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                in = new BufferedInputStream(socket.getInputStream());
            }
            try {
                socket.getOutputStream().write(request);
            } catch (SocketException closed) {
                // The service may answer before it has read the whole request.
            }
            String head = head(in);
            Matcher found = LENGTH.matcher(head);
            int length = found.find() ? Integer.parseInt(found.group(1)) : 0;
            byte[] body = in.readNBytes(answerHasBody ? length : 0);
            // An answer that HTTP itself refuses has no length, and the service closes the connection after it.
            if (length == 0 || CLOSE.matcher(head).find()) {
                close();
            }
            return head + new String(body, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            if (next == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith(END_OF_HEAD)) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
