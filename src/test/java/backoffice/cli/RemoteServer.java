package backoffice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A stub of a server of the API with configurable answers. It answers 404 to paths that have no configured answer, or
 * passes them on to another server.
 */
final class RemoteServer implements AutoCloseable {

    record Answer(int httpCode, String body, Map<String, String> headers) {

        /** An answer that breaks off: the connection closes after half of the announced bytes. */
        static final Answer HALF = new Answer(200, "{\"status\":");

        /** The answer of the other server. */
        static final Answer PASSED_ON = new Answer(0, "");

        /** The same, but the connection breaks off within it. */
        static final Answer LOST = new Answer(-1, "");

        Answer(int httpCode, String body) {
            this(httpCode, body, Map.of());
        }

        /** A list whose only page has these items, in JSON with single quotes. */
        static Answer page(String... items) {
            return list(items.length, items);
        }

        /** A page of a list with this total. */
        static Answer list(int total, String... items) {
            String json = "{'status':0,'data':{'total':%d,'items':[%s]}}".formatted(total, String.join(",", items));
            return new Answer(200, json.replace('\'', '"'));
        }
    }

    private final Map<String, BiFunction<URI, String, Answer>> handlers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> idempotencyKeys = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI upstream;
    private final HttpServer server;

    RemoteServer() throws IOException {
        this(null);
    }

    /** @param upstream the base path of the server that gets the requests without a configured answer */
    RemoteServer(URI upstream) throws IOException {
        this.upstream = upstream;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/bitanswer/api");
    }

    /** Sets the answers for a path relative to the base path. The path is compared in its percent-encoded form. */
    void at(String path, BiFunction<URI, String, Answer> handler) {
        handlers.put(path, handler);
    }

    /** Sets the answers for a path: one for each request, and the last one for all further requests. */
    void at(String path, Answer... answers) {
        List<Answer> left = Stream.of(answers).collect(Collectors.toCollection(CopyOnWriteArrayList::new));
        at(path, (uri, body) -> left.size() > 1 ? left.remove(0) : left.get(0));
    }

    List<String> requests() {
        return requests;
    }

    List<String> idempotencyKeys() {
        return idempotencyKeys;
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            idempotencyKeys.addAll(exchange.getRequestHeaders().getOrDefault("x-bit-req-id", List.of()));
            URI uri = exchange.getRequestURI();
            requests.add(exchange.getRequestMethod() + " " + uri);
            byte[] sent = exchange.getRequestBody().readAllBytes();
            Answer answer = upstream != null
                            || "key".equals(exchange.getRequestHeaders().getFirst("bitkey"))
                    ? handler(uri).apply(uri, new String(sent, UTF_8))
                    : new Answer(401, "{\"status\":1102,\"msg\":\"no\\u001b[31m such key\"}");
            boolean isBroken = answer == Answer.HALF || answer == Answer.LOST;
            if (answer.httpCode() <= 0) {
                answer = passOn(exchange, sent);
            }
            byte[] body = answer.body().getBytes(UTF_8);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.httpCode(), isBroken ? 2L * body.length : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BiFunction<URI, String, Answer> handler(URI uri) {
        Answer otherwise = upstream == null ? new Answer(404, "<h1>Not Found</h1>") : Answer.PASSED_ON;
        return handlers.getOrDefault(uri.getRawPath().replace("/bitanswer/api", ""), (any, body) -> otherwise);
    }

    private Answer passOn(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(upstream.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        Stream.of("bitkey", "Content-Type", "x-bit-req-id")
                .filter(exchange.getRequestHeaders()::containsKey)
                .forEach(name ->
                        request.header(name, exchange.getRequestHeaders().getFirst(name)));
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            Map<String, String> headers = new HashMap<>();
            response.headers().firstValue("x-bit-req-replayed").ifPresent(it -> headers.put("x-bit-req-replayed", it));
            return new Answer(response.statusCode(), response.body(), headers);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
