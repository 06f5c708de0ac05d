package backoffice.testsupport;

import backoffice.docs.Bash;
import io.smallrye.certs.PemCertificateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An OpenID provider, and Apache with deploy/sign-in in front of the service. A person is in the groups that
 * follow the dashes of the name.
 */
public final class CompanySignIn implements AutoCloseable {

    private final int port = Ports.free();
    private final Process provider;
    private final ReverseProxy proxy;

    /** @param keys the bitkeys of the groups {@code support} and {@code admins} */
    public CompanySignIn(int service, String support, String admins) throws Exception {
        String node = Programs.require("REQUIRE_PROXIES", "node").toString();
        Path folder = Files.createDirectories(Path.of("target", "openid-provider"));
        Bash.output("cp src/test/js/openid-provider/* %1$s && cd %1$s && npm ci --ignore-scripts --no-audit"
                .formatted(folder));
        int providerPort = Ports.free();
        // No public CA has signed the certificate of the provider. Apache reads it as another user.
        PemCertificateFiles certificate = ServerCertificate.files(Programs.folder("provider"), "provider", "localhost");
        provider = Programs.start(
                List.of(
                        node,
                        folder.resolve("provider.mjs").toString(),
                        String.valueOf(providerPort),
                        url(),
                        certificate.certFile().toString(),
                        certificate.keyFile().toString()),
                folder.resolve("log"),
                providerPort);
        proxy = ReverseProxy.apache(
                port,
                Map.ofEntries(
                        Map.entry("CONSOLE_URL", url()),
                        Map.entry("SERVICE", "http://127.0.0.1:" + service),
                        Map.entry("OIDC_ISSUER", "https://localhost:" + providerPort),
                        Map.entry("OIDC_CA_FILE", certificate.trustFile().toString()),
                        Map.entry("OIDC_CLIENT_ID", "console"),
                        Map.entry("OIDC_CLIENT_SECRET", "secret"),
                        Map.entry("OIDC_SCOPE", "openid email groups"),
                        Map.entry("PERSON_CLAIM", "email"),
                        Map.entry("GROUPS_CLAIM", "groups"),
                        Map.entry("READING_GROUP", "support"),
                        Map.entry("READING_KEY", support),
                        Map.entry("CHANGING_GROUP", "admins"),
                        Map.entry("CHANGING_KEY", admins)));
    }

    /** Skips the test or fails it where this machine lacks a program. */
    public static void require() {
        Programs.require("REQUIRE_PROXIES", "apache2");
        Programs.requireFile("REQUIRE_PROXIES", Path.of("/usr/lib/apache2/modules/mod_auth_openidc.so"));
        Programs.require("REQUIRE_PROXIES", "node");
        Programs.require("REQUIRE_PROXIES", "npm");
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://localhost:" + port;
    }

    @Override
    public void close() {
        provider.destroy();
        proxy.close();
    }
}
