package backoffice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import backoffice.testsupport.Api;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the console begins. {@link ConsoleSignInIT} has a proxy that signs people in. */
@Tag("slow")
@QuarkusIntegrationTest
class ConsoleSessionIT extends InBrowser {

    @Test
    void without_a_proxy_the_console_asks_without_a_key_and_then_shows_the_form_without_a_reason() {
        console.sent();

        console.open().awaitFocus("Bitkey");

        Console.Request asked = console.sent().get(0);
        assertEquals("GET", asked.method());
        assertEquals(Api.BASE_PATH + "/backoffice/key", asked.url().replaceFirst(".*(?=/bitanswer)", ""));
        assertFalse(asked.headers().has("bitkey"));
        assertEquals("application/json", asked.headers().path("accept").asText());
        assertEquals("", console.text("[role=alert]"));
    }

    @Test
    void a_proxy_that_refuses_each_call_makes_the_console_load_its_page_twice_and_not_for_ever() throws IOException {
        // Given a proxy that passes the page on, and answers each call with 401
        AtomicInteger loads = new AtomicInteger();
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext(Api.BASE_PATH, exchange -> {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        proxy.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            loads.addAndGet(path.equals("/console/") ? 1 : 0);
            Response file = RestAssured.get(path);
            exchange.getResponseHeaders().set("Content-Type", file.contentType());
            exchange.sendResponseHeaders(file.statusCode(), 0);
            exchange.getResponseBody().write(file.asByteArray());
            exchange.close();
        });
        proxy.start();
        try {
            browser.get("http://localhost:" + proxy.getAddress().getPort() + "/console/");

            console.awaitText("[role=alert]", "The service does not answer. Please try again.");
        } finally {
            proxy.stop(0);
        }
        assertEquals(2, loads.get());
    }
}
