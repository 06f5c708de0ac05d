package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The static files of the console: their size, their references and their security headers. */
@QuarkusTest
public class ConsoleFilesTest {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types lit-html";
    private static final Pattern REFERENCE =
            Pattern.compile("(?:src=|href=|from ?|import ?)[\"'](\\.{0,2}[\\w./-]+)[\"']");

    @Test
    void the_path_without_a_trailing_slash_redirects_relatively_so_that_it_works_behind_a_proxy_prefix() {
        assertThat(
                RawHttp.send("GET /console HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                allOf(startsWith("HTTP/1.1 308"), containsString("location: console/\r\n")));
        RestAssured.get("/console").then().statusCode(200).body(containsString("<div id=\"console\">"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console",
                "/console/",
                "/console/main.js",
                "/console/zone.js",
                "/console/no-such-file",
                "/_static/lit-html/lit-html.js"
            })
    void every_file_has_a_strict_policy_and_is_not_cached(String path) {
        RestAssured.given()
                .redirects()
                .follow(false)
                .get(path)
                .then()
                .header("Content-Security-Policy", is(POLICY))
                .header("Referrer-Policy", is("no-referrer"))
                .header("X-Content-Type-Options", is("nosniff"))
                .header("Cache-Control", is("no-store"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/", "/console/console.css", "/console/main.js", "/console/icons.svg"})
    void a_static_file_is_compressed(String path) {
        // The client of the test tells no encoding that it decodes, so the header is that of the answer.
        RestAssured.given()
                .config(RestAssured.config()
                        .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()))
                .header("Accept-Encoding", "gzip")
                .get(path)
                .then()
                .header("Content-Encoding", is("gzip"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bitanswer/api/customer_groups", "/bitanswer/api/nope", "/q/openapi", "/nope"})
    void an_answer_that_is_no_static_file_has_the_same_bytes_for_whoever_accepts_compression(String path) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nbitkey: " + Vendors.ACME
                + "\r\n%sConnection: close\r\n\r\n";

        String compressible = RawHttp.send(request.formatted("Accept-Encoding: gzip, deflate, br\r\n"));

        assertThat(compressible.toLowerCase(Locale.ROOT), not(containsString("content-encoding")));
        assertEquals(body(RawHttp.send(request.formatted(""))), body(compressible));
    }

    private static String body(String response) {
        return response.split("\r\n\r\n", 2)[1];
    }

    @ParameterizedTest
    @CsvSource({"Asia/Shanghai, Asia/Shanghai", "Z, UTC", "UTC, UTC", "UTC+08:00, +08:00", "+05:30, +05:30"})
    void the_zone_has_a_name_that_browsers_know(String zone, String name) {
        assertEquals(name, DocsAndConsoleRoutes.nameInBrowser(ZoneId.of(zone)));
    }

    @Test
    void files_that_a_browser_loads_exist() {
        Set<String> files = new TreeSet<>();
        load("/console/index.html", files);

        assertThat(files, hasItems("/console/console.css", "/console/main.js", "/console/zone.js"));
    }

    /** Loads a page and all files that it refers to, as a browser does. */
    private static void load(String path, Set<String> files) {
        if (files.add(path)) {
            Response file = RestAssured.get(path);
            assertEquals(200, file.statusCode(), path);
            REFERENCE
                    .matcher(file.asString())
                    .results()
                    .map(reference -> Path.of(path).resolveSibling(reference.group(1)))
                    .forEach(reference -> load(reference.normalize().toString(), files));
        }
    }
}
