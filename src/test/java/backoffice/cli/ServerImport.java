package backoffice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;

import backoffice.cli.RemoteServer.Answer;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;

/** The base of the tests of imports, from the stub of a server into the service. Items are in JSON with single quotes. */
abstract class ServerImport extends ApiTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @AutoClose
    RemoteServer server;

    /** Passes everything on to the service, where a test sets no answer. */
    @AutoClose
    RemoteServer target;

    private final StringWriter printed = new StringWriter();

    @BeforeEach
    void start_the_servers() throws IOException {
        server = new RemoteServer(0);
        target = new RemoteServer(RestAssured.port);
        groups();
    }

    void groups(String... groups) {
        server.at("/customer_groups", Answer.page(groups));
    }

    void customers(String... customers) {
        server.at("/customers", Answer.page(customers));
    }

    static String[] items(int from, int to, IntFunction<String> item) {
        return IntStream.range(from, to).mapToObj(item).toArray(String[]::new);
    }

    /** The pages of a list with this number of items, each of which has at most so many. */
    static BiFunction<URI, String, Answer> pages(int total, int most) {
        return (uri, body) -> {
            int offset = parameter("offset", uri);
            int end = Math.min(total, offset + Math.min(most, parameter("limit", uri)));
            return Answer.list(total, items(offset, end, "{'name':'c%04d'}"::formatted));
        };
    }

    private static int parameter(String name, URI uri) {
        return Integer.parseInt(uri.getQuery().replaceAll(".*" + name + "=(\\d+).*", "$1"));
    }

    /** Creates customers in the service. */
    void here(String... customers) {
        String batch = "[" + String.join(",", customers) + "]";
        api.post("/customers", batch.replace('\'', '"')).statusCode(200);
    }

    Report importAll() {
        return importFrom(source(), false, false);
    }

    Report overwrite() {
        return importFrom(source(), true, false);
    }

    Report importFrom(ServerSource source, boolean overwrite, boolean dryRun) {
        Report report = report();
        Importer importer = importer(overwrite, dryRun, report);
        source.read(importer);
        importer.finish();
        return report;
    }

    Importer importer(boolean overwrite, boolean dryRun, Report report) {
        return new Importer(client(target, Duration.ZERO, LONG), overwrite, dryRun, report);
    }

    ServerSource source() {
        return source(server, Duration.ZERO, LONG);
    }

    ServerSource source(RemoteServer of, Duration pause, Duration timeout) {
        return new ServerSource(client(of, pause, timeout), report()::print);
    }

    private ApiClient client(RemoteServer of, Duration pause, Duration timeout) {
        return new ApiClient(of.base(), Vendors.ACME, pause, timeout, report()::print);
    }

    Report report() {
        return new Report(new PrintWriter(printed));
    }

    String printed() {
        return printed.toString();
    }

    /** Checks how each line begins that is printed, without the progress. */
    void assertPrinted(String... beginnings) {
        assertLinesMatch(
                Stream.of(beginnings).map(line -> Pattern.quote(line) + ".*"),
                printed().lines().filter(line -> !line.matches("(group|customer)s read: .*")));
    }

    static void assertCounts(String expected, Report report) {
        assertEquals(expected, report.toString().strip().replace("\n", ", "));
    }

    static String names(String table) {
        return Sql.text("select string_agg(name, ' ' order by name) from " + table);
    }

    static String stored(String customer) {
        return Sql.text("select concat_ws('|', c.name, coalesce(g.name, ''), c.reg_date, coalesce(c.city, ''), "
                + "coalesce(c.reference_id, '')) from customer c left join customer_group g "
                + "on g.vendor = c.vendor and g.id = c.group_id where c.name = '" + customer + "'");
    }
}
