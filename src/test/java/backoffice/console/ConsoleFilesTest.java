package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.*;

import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import java.time.ZoneId;
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
        asSent("/console", "identity").statusCode(308).header("location", "console/");
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
        asSent(path, "identity")
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/", "/console/console.css", "/console/main.js", "/console/icons.svg"})
    void a_static_file_is_compressed(String path) {
        asSent(path, "gzip").header("Content-Encoding", "gzip");
    }

    @Test
    void a_part_of_a_static_file_is_never_compressed_as_if_it_were_the_whole() {
        byte[] whole = RestAssured.get("/console/main.js").asByteArray();

        byte[] answer = RestAssured.given()
                .headers("Accept-Encoding", "gzip", "Range", "bytes=10-19")
                .get("/console/main.js")
                .then()
                .statusCode(200)
                .header("Accept-Ranges", nullValue())
                .header("Content-Range", nullValue())
                .extract()
                .asByteArray();

        assertArrayEquals(whole, answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bitanswer/api/customer_groups", "/bitanswer/api/nope", "/q/openapi", "/nope"})
    void an_answer_that_is_no_static_file_has_the_same_bytes_for_whoever_accepts_compression(String path) {
        byte[] plain = asSent(path, "identity").extract().asByteArray();

        ValidatableResponse compressible = asSent(path, "gzip, deflate, br").header("Content-Encoding", nullValue());

        assertArrayEquals(plain, compressible.extract().asByteArray());
    }

    /** The answer to a client that accepts this encoding. No redirect is followed, and nothing is decoded. */
    private static ValidatableResponse asSent(String path, String encoding) {
        return RestAssured.given()
                .config(RestAssured.config()
                        .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()))
                .redirects()
                .follow(false)
                .headers("bitkey", Vendors.ACME, "Accept-Encoding", encoding)
                .get(path)
                .then();
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
