import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A small server that the service is compared with. It has the calls of the benchmark, written by hand on Vert.x. It
 * has no checks, no row counts, no idempotency, no metrics and no log. {@code bare.sql} creates its tables in their own
 * schema.
 *
 * <p>Usage: {@code BareServer VENDOR...}. The name of a vendor is also its bitkey. {@code QUARKUS_HTTP_PORT} sets the
 * port. {@code PGHOST} and similar variables name the PostgreSQL.
 */
public class BareServer extends AbstractVerticle {

    private static final String ROOT = "/bitanswer/api/customer_groups";
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int CONNECTIONS = 20 / PROCESSORS;
    private static final int SHARED_CONNECTIONS = CONNECTIONS / 4;

    private static final String FIND = "select name from customer_group where vendor = $1 and name = $2";
    private static final String LIST = """
            select (select count(*) from customer_group where vendor = $1),
                array(select name from customer_group where vendor = $1 order by name offset $2 limit $3)
            """;
    private static final String SEARCH = """
            select (select count(*) from customer_group where vendor = $1 and name like $4),
                array(select name from customer_group where vendor = $1 and name like $4 order by name offset $2 limit $3)
            """;
    private static final String CUSTOMERS = """
            select (select count(*) from customer where vendor = $1 and group_id = g.id),
                array(select name from customer where vendor = $1 and group_id = g.id order by name offset $2 limit $3)
            from customer_group g where g.vendor = $1 and g.name = $4
            """;
    private static final String CREATE =
            "insert into customer_group (vendor, name) values ($1, $2) on conflict (vendor, name) do nothing";
    private static final String ADD = """
            update customer set group_id = (select id from customer_group where vendor = $1 and name = $2)
            where vendor = $1 and group_id is null and name = any ($3)
            """;
    private static final String REMOVE = """
            update customer set group_id = null where vendor = $1 and name = any ($3)
            and group_id = (select id from customer_group where vendor = $1 and name = $2)
            """;

    private final Set<String> bitkeys;
    private SqlClient reads;
    private Pool changes;

    private BareServer(Set<String> bitkeys) {
        this.bitkeys = bitkeys;
    }

    public static void main(String[] vendors) {
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(PROCESSORS))
                .deployVerticle(
                        () -> new BareServer(Set.of(vendors)), new DeploymentOptions().setInstances(PROCESSORS));
    }

    @Override
    public void start(Promise<Void> started) {
        PgConnectOptions server =
                PgConnectOptions.fromEnv().setCachePreparedStatements(true).addProperty("search_path", "bare");
        reads = PgBuilder.client()
                .connectingTo(new PgConnectOptions(server).setPipeliningLimit(8))
                .with(new PoolOptions().setMaxSize(SHARED_CONNECTIONS))
                .using(vertx)
                .build();
        changes = PgBuilder.pool()
                .connectingTo(server)
                .with(new PoolOptions().setMaxSize(CONNECTIONS - SHARED_CONNECTIONS))
                .using(vertx)
                .build();
        vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT")))
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void answer(HttpServerRequest request) {
        String vendor = request.getHeader("bitkey");
        if (vendor == null || !bitkeys.contains(vendor)) {
            request.response().setStatusCode(401).end();
            return;
        }
        String path = request.path().substring(ROOT.length());
        Future<Buffer> answer;
        if (request.method() == HttpMethod.GET) {
            answer = get(request, vendor, path);
        } else {
            answer = request.body().compose(body -> change(request.method(), vendor, path, body));
        }
        answer.onSuccess(body -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(body))
                .onFailure(failure -> request.response().setStatusCode(500).end(failure.toString()));
    }

    private Future<Buffer> get(HttpServerRequest request, String vendor, String path) {
        if (path.isEmpty()) {
            return page(LIST, Tuple.of(vendor, number(request, "offset"), number(request, "limit")));
        }
        if (path.endsWith("/customers")) {
            String group = path.substring(1, path.lastIndexOf('/'));
            return page(CUSTOMERS, Tuple.of(vendor, number(request, "offset"), number(request, "limit"), group));
        }
        return reads.preparedQuery(FIND)
                .execute(Tuple.of(vendor, path.substring(1)))
                .map(found -> envelope(1, found.iterator().next().getString(0)));
    }

    private Future<Buffer> change(HttpMethod method, String vendor, String path, Buffer body) {
        if (path.equals("/data")) {
            JsonObject query = body.toJsonObject().getJsonArray("querys").getJsonObject(0);
            return page(
                    SEARCH, Tuple.of(vendor, 0, 50, query.getJsonArray("values").getString(0)));
        }
        if (path.isEmpty()) {
            String name = body.toJsonObject().getString("name");
            return changes.preparedQuery(CREATE).execute(Tuple.of(vendor, name)).map(done -> envelope(1, name));
        }
        String group = path.substring(1, path.lastIndexOf('/'));
        JsonArray entries = body.toJsonArray();
        String[] names = IntStream.range(0, entries.size())
                .mapToObj(i -> entries.getJsonObject(i).getString("name"))
                .toArray(String[]::new);
        return changes.withTransaction(connection -> connection
                .preparedQuery(method == HttpMethod.POST ? ADD : REMOVE)
                .execute(Tuple.of(vendor, group, names))
                .map(done -> envelope(names.length, names)));
    }

    private Future<Buffer> page(String sql, Tuple parameters) {
        return reads.preparedQuery(sql).execute(parameters).map(rows -> {
            Row row = rows.iterator().next();
            return envelope(row.getLong(0), row.getArrayOfStrings(1));
        });
    }

    private static Buffer envelope(long total, String... names) {
        return Buffer.buffer(Stream.of(names)
                .map(name -> "{\"name\":" + Json.encode(name) + "}")
                .collect(
                        Collectors.joining(",", "{\"status\":0,\"data\":{\"total\":" + total + ",\"items\":[", "]}}")));
    }

    private static int number(HttpServerRequest request, String parameter) {
        return Integer.parseInt(request.getParam(parameter));
    }
}
