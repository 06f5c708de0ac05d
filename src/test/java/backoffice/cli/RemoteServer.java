package backoffice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A stub of a server of the API with configurable answers. It answers 404 to paths that have no configured answer. */
final class RemoteServer implements AutoCloseable {

    /** An answer of the server. */
    record Answer(int httpCode, String body) {

        /** An answer that breaks off: the connection closes after half of the announced bytes. */
        static final Answer HALF = new Answer(200, "{\"status\":");

        /** A list whose only page has these items. */
        static Answer page(String... items) {
            return new Answer(
                    200,
                    "{\"status\":0,\"data\":{\"total\":%d,\"items\":[%s]}}"
                            .formatted(items.length, String.join(",", items)));
        }
    }

    private final Map<String, Function<URI, Answer>> lists = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    RemoteServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/bitanswer/api");
    }

    /** Sets the answers for a path relative to the base path. The path is compared in its percent-encoded form. */
    void at(String path, Function<URI, Answer> list) {
        lists.put(path, list);
    }

    /** Sets the answers for a path: one for each request, and the last one for all further requests. */
    void at(String path, Answer... answers) {
        List<Answer> left = Stream.of(answers).collect(Collectors.toCollection(CopyOnWriteArrayList::new));
        at(path, uri -> left.size() > 1 ? left.remove(0) : left.get(0));
    }

    /** The requests received so far, each as path and query. */
    List<String> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            requests.add(uri.toString());
            Answer answer = "key".equals(exchange.getRequestHeaders().getFirst("bitkey"))
                    ? lists.getOrDefault(
                                    uri.getRawPath().replace("/bitanswer/api", ""),
                                    missing -> new Answer(404, "<h1>Not Found</h1>"))
                            .apply(uri)
                    : new Answer(401, "{\"status\":1102,\"msg\":\"no\\u001b[31m such key\"}");
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.httpCode(), answer == Answer.HALF ? 2 * body.length : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
