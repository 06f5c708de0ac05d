package backoffice.testsupport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * A stub of the hosted server, with TLS. It keeps each request as it came, and answers with the request line. It closes
 * the connection of a path that contains {@code broken} without an answer.
 */
public final class HostedServer implements AutoCloseable {

    /** The name of the hosted server. The certificate of the stub has it. */
    public static final String NAME = "back-office-api.bitanswer.cn";

    private static final String PASSWORD = "of-a-test";
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

    /**
     * A request that the stub got.
     *
     * @param head the request line and the headers
     * @param bodyLength the number of bytes of the body
     */
    public record Request(String head, int bodyLength) {

        /** The method and the path, as they came. */
        public String target() {
            return head.substring(0, head.indexOf(" HTTP/"));
        }

        /** The values of a header, joined. */
        public String header(String name) {
            return String.join(
                    "|",
                    head.lines()
                            .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                            .map(line -> line.substring(name.length() + 2))
                            .toList());
        }
    }

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Path directory;
    private final SSLServerSocket server;

    /** Starts the stub with a certificate for a name. */
    public HostedServer(String name) throws Exception {
        directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "hosted");
        Path store = directory.resolve("store");
        keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=dns:" + name);
        keytool(store, "-exportcert", "-rfc", "-file", certificate().toString());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        server = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.submit(this::accept);
    }

    private static void keytool(Path store, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "hosted"));
        command.addAll(1, List.of(arguments));
        Programs.run(command);
    }

    /** The certificate, which a client has to trust. */
    public Path certificate() {
        return directory.resolve("certificate.pem");
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The requests so far. */
    public List<Request> requests() {
        return requests;
    }

    /** The number of connections so far. */
    public int connections() {
        return connections.get();
    }

    private Void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            connections.incrementAndGet();
            threads.submit(() -> serve(client));
        }
    }

    private Void serve(Socket client) throws IOException {
        try (client) {
            InputStream in = client.getInputStream();
            String head = head(in);
            while (!head.isEmpty()) {
                Matcher length = LENGTH.matcher(head);
                int body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0).length;
                Request request = new Request(head, body);
                requests.add(request);
                if (request.target().contains("broken")) {
                    break;
                }
                client.getOutputStream().write(answer(request));
                head = head(in);
            }
        }
        return null;
    }

    private static byte[] answer(Request request) {
        String body = "hosted: " + request.target();
        return ("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(body.length())
                        + (request.head().startsWith("HEAD ") ? "" : body))
                .getBytes(ISO_8859_1);
    }

    /** The next head of a connection; empty at its end. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (next == '\n' && head.indexOf(END_OF_HEAD) >= 0) {
                return head.toString();
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
