package backoffice.docs;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import backoffice.testsupport.CompanySignIn;
import backoffice.testsupport.Ports;
import backoffice.testsupport.ReverseProxy;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** deploy/sign-in with an OpenID provider whose certificate no public CA has signed. */
@Tag("slow")
class SignInCertificateTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    private HttpsServer provider;
    private String issuer;

    @BeforeEach
    void start() throws Exception {
        CompanySignIn.require();
        Bash.output("""
            cd %s
            keytool -genkeypair -alias provider -keyalg RSA -dname CN=localhost -ext SAN=dns:localhost \\
              -storetype PKCS12 -keystore store -storepass changeit
            keytool -exportcert -rfc -alias provider -keystore store -storepass changeit -file ca.crt
            """.formatted(folder));
        // Apache reads it as another user.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        provider = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.setHttpsConfigurator(new HttpsConfigurator(context()));
        issuer = "https://localhost:" + provider.getAddress().getPort();
        byte[] metadata = """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/auth", "token_endpoint": "%1$s/token",
                 "jwks_uri": "%1$s/keys", "response_types_supported": ["code"]}
                """.formatted(issuer).getBytes();
        provider.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, metadata.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(metadata);
            }
        });
        provider.start();
    }

    private SSLContext context() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("store"))) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @AfterEach
    void stop() {
        if (provider != null) {
            provider.stop(0);
        }
    }

    @Test
    void the_sign_in_begins_at_a_provider_of_a_private_ca_and_only_when_the_ca_is_named() throws Exception {
        console(folder.resolve("ca.crt").toString(), 302, startsWith(issuer + "/auth?"));
        console("/etc/ssl/certs/ca-certificates.crt", 500, nullValue());
    }

    /** What a browser without a session gets from the console. */
    private void console(String ca, int code, Matcher<?> location) throws Exception {
        int port = Ports.free();
        Map<String, String> variables = new HashMap<>(SignInStartTest.example());
        variables.putAll(Map.of(
                "SERVICE",
                "http://127.0.0.1:1",
                "CONSOLE_URL",
                "http://localhost:" + port,
                "OIDC_ISSUER",
                issuer,
                "OIDC_CA_FILE",
                ca));
        ReverseProxy proxy = ReverseProxy.apache(port, variables);
        try {
            given().port(port)
                    .redirects()
                    .follow(false)
                    .get("/console/")
                    .then()
                    .statusCode(code)
                    .header("Location", location);
        } finally {
            proxy.close();
        }
    }
}
