package backoffice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** A stub of a server of the API. What a test sets no answer for gets 404, or is passed on to another server. */
final class RemoteServer implements AutoCloseable {

    record Answer(int httpCode, String body, Map<String, String> headers) {

        /** An answer that breaks off: the connection closes after half of the announced bytes. */
        static final Answer HALF = new Answer(200, "{'status':");

        /** An answer whose bytes come one by one, for minutes. */
        static final Answer TRICKLE = new Answer(200, " ");

        /** An answer without an end. */
        static final Answer ENDLESS = new Answer(200, " ".repeat(1 << 16));

        /** The answer of the other server. */
        static final Answer PASSED_ON = new Answer(0, "");

        /** The same, but the connection breaks off within it. */
        static final Answer LOST = new Answer(-1, "");

        static final Answer NOT_FOUND = new Answer(404, "<h1>Not Found</h1>");

        /** @param body JSON with single quotes, or other text without quotes */
        Answer(int httpCode, String body) {
            this(httpCode, body.replace('\'', '"'), Map.of());
        }

        static Answer refused(int httpCode, int status, String reason) {
            return new Answer(httpCode, "{'status':%d,'msg':'%s'}".formatted(status, reason));
        }

        /** The answer of an overloaded server, which names the seconds until the next try, or its date. */
        static Answer busy(Object retryAfter) {
            return new Answer(503, "{\"status\":5001,\"msg\":\"Busy.\"}", Map.of("Retry-After", "" + retryAfter));
        }

        /** A list whose only page has these items, in JSON with single quotes. */
        static Answer page(String... items) {
            return list(items.length, items);
        }

        /** A page of a list with this total. */
        static Answer list(int total, String... items) {
            String answer = "{'status':0,'msg':'成功','data':{'total':%d,'items':[%s]}}";
            return new Answer(200, answer.formatted(total, String.join(",", items)));
        }
    }

    /** The method, path and idempotency key of each request, separated by spaces. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final Map<String, BiFunction<URI, String, Answer>> handlers = new ConcurrentHashMap<>();
    private final int upstream;
    private final HttpServer server;

    /** @param upstream the port of the server that gets the requests without an answer here; 0 for 404 */
    RemoteServer(int upstream) throws IOException {
        this.upstream = upstream;
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + Api.BASE_PATH);
    }

    /** The requests that begin with a method and a path relative to the base path. */
    List<String> requests(String method, String path) {
        String beginning = method + " " + Api.BASE_PATH + path;
        return requests.stream()
                .filter(request -> request.startsWith(beginning))
                .toList();
    }

    /** Sets the answers for a path relative to the base path. The path is compared in its percent-encoded form. */
    void at(String path, BiFunction<URI, String, Answer> handler) {
        handlers.put(path, handler);
    }

    /** Sets the answers for a path: one for each request, and the last one for all further requests. */
    void at(String path, Answer... answers) {
        Queue<Answer> left = new ConcurrentLinkedQueue<>(List.of(answers));
        at(path, (uri, body) -> left.size() > 1 ? left.remove() : left.element());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            String key = exchange.getRequestHeaders().getFirst("x-bit-req-id");
            requests.add(exchange.getRequestMethod() + " " + uri + " " + key);
            byte[] sent = exchange.getRequestBody().readAllBytes();
            Answer otherwise = upstream == 0 ? Answer.NOT_FOUND : Answer.PASSED_ON;
            Answer answer = handlers.getOrDefault(uri.getRawPath().replace(Api.BASE_PATH, ""), (at, body) -> otherwise)
                    .apply(uri, new String(sent, UTF_8));
            if (answer == Answer.TRICKLE || answer == Answer.ENDLESS) {
                goOn(exchange, answer);
                return;
            }
            boolean isBroken = answer == Answer.HALF || answer == Answer.LOST;
            if (answer.httpCode() <= 0) {
                answer = passOn(exchange, sent);
            }
            byte[] body = answer.body().getBytes(UTF_8);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.httpCode(), isBroken ? 2L * body.length : body.length);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
        }
    }

    /** Repeats the body, until the client closes the connection. */
    private static void goOn(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.httpCode(), 0);
        for (int i = 0; i < 10_000; i++) {
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
            Await.sleep(answer == Answer.TRICKLE ? Duration.ofMillis(20) : Duration.ZERO);
        }
    }

    private Answer passOn(HttpExchange exchange, byte[] body) {
        URI uri = URI.create("http://localhost:" + upstream + exchange.getRequestURI());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        Stream.of("bitkey", "Content-Type", "x-bit-req-id")
                .filter(exchange.getRequestHeaders()::containsKey)
                .forEach(name ->
                        request.header(name, exchange.getRequestHeaders().getFirst(name)));
        HttpResponse<String> response = HttpClient.newHttpClient()
                .sendAsync(request.build(), BodyHandlers.ofString())
                .join();
        return new Answer(response.statusCode(), response.body(), Map.of());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
