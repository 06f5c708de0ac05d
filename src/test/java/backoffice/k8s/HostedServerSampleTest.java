package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTPRoute of the sample does what docs/hosted-server/nginx.conf does, by the rules of the Gateway API. */
@NeedsKustomize
class HostedServerSampleTest {

    private static final String HOSTED = "hosted-server";
    private static final Path NGINX = Path.of("docs", "hosted-server", "nginx.conf");

    /**
     * Which of the matches of a request counts, the last of this order. The Gateway API leaves the place of an
     * expression open, and the sample asks for a gateway that takes it before a prefix.
     */
    private static final Comparator<HTTPRouteMatch> PRECEDENCE = Comparator.comparing(
                    (HTTPRouteMatch match) -> isExpression(match))
            .thenComparing(match -> match.getPath().getValue().length())
            .thenComparing(match -> match.getMethod() != null)
            .thenComparing(match -> match.getHeaders().size());

    private static Manifests manifests;

    @BeforeAll
    static void render(@TempDir Path directory) throws IOException {
        manifests = Manifests.with(directory, "production", "samples/hosted-server");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /bitanswer/api/products, the-key-of-acme-here, hosted-server",
        "PUT, /bitanswer/api/users/a, the-key-of-acme-here, hosted-server",
        "GET, /bitanswer/api/customers-of-another-kind, the-key-of-acme-here, hosted-server",
        "GET, /bitanswer/api/customers/a/sns, the-key-of-acme-here, hosted-server",
        "DELETE, /bitanswer/api/customers/a/sns/1, the-key-of-acme-here, hosted-server",
        "POST, /bitanswer/api/customers/a/b/sns/data, the-key-of-acme-here, hosted-server",
        "POST, /bitanswer/api/customers, the-key-of-acme-here, customer-groups",
        "GET, /bitanswer/api/customers/a/b, the-key-of-acme-here, customer-groups",
        "GET, /bitanswer/api/customers/a%2Fsns, the-key-of-acme-here, customer-groups",
        "GET, /bitanswer/api/customers/a/SNS, the-key-of-acme-here, customer-groups",
        "GET, /bitanswer/api/customer_groups, the-key-of-acme-here, customer-groups",
        "DELETE, /bitanswer/api/customer_groups/a/customers, the-key-of-acme-here, customer-groups",
        "GET, /bitanswer/api/customer_groups/a/sns, the-key-of-acme-here, customer-groups",
        "GET, /console/, the-key-of-acme-here, customer-groups",
        "GET, /bitanswer/apis, the-key-of-acme-here, customer-groups",
        "GET, /bitanswer/api/products, another-key, customer-groups",
        "GET, /bitanswer/api/products, THE-KEY-OF-ACME-HERE, customer-groups",
        "GET, /bitanswer/api/customers/a/sns, another-key, customer-groups",
        "GET, /bitanswer/api/products, the-read-only-key-of-acme-here, hosted-server",
        "HEAD, /bitanswer/api/customers/a/sns, the-read-only-key-of-acme-here, hosted-server",
        "GET, /bitanswer/api/customers/a, the-read-only-key-of-acme-here, customer-groups",
        "POST, /bitanswer/api/products, the-read-only-key-of-acme-here, customer-groups",
        "DELETE, /bitanswer/api/customers/a/sns, the-read-only-key-of-acme-here, customer-groups",
        "OPTIONS, /bitanswer/api/products, the-read-only-key-of-acme-here, customer-groups",
    })
    void a_call_goes_to_the_server_that_has_it_if_its_key_may(String method, String path, String key, String backend) {
        HTTPRouteMatch match = rules().flatMap(rule -> rule.getMatches().stream())
                .filter(each -> matches(each, method, path, key))
                .max(PRECEDENCE)
                .orElse(null);

        // The rule of the component gateway-api has no match, so it has all other calls.
        assertEquals(backend, match == null ? "customer-groups" : backend(ruleOf(match)));
    }

    @Test
    void the_hosted_server_gets_its_own_key_and_name_and_no_header_that_nginx_removes() throws IOException {
        Set<String> removed = Pattern.compile("proxy_set_header (X-\\S+) \"\";")
                .matcher(Files.readString(NGINX))
                .results()
                .map((MatchResult header) -> header.group(1))
                .collect(toSet());
        List<HTTPRouteRule> rules =
                rules().filter(rule -> backend(rule).equals(HOSTED)).toList();

        assertEquals(2, rules.size());
        for (HTTPRouteRule rule : rules) {
            var headers = filter(rule, HTTPRouteFilter::getRequestHeaderModifier);
            assertEquals(removed, Set.copyOf(headers.getRemove()));
            assertEquals(
                    Map.of("bitkey", "the-key-of-acme-there"),
                    Map.of(
                            headers.getSet().get(0).getName(),
                            headers.getSet().get(0).getValue()));
            assertEquals(
                    server().getSpec().getExternalName(),
                    filter(rule, HTTPRouteFilter::getUrlRewrite).getHostname());
        }
    }

    @Test
    void the_hosted_server_is_that_of_nginx_and_its_certificate_is_checked() throws IOException {
        String name = server().getSpec().getExternalName();
        var tls = manifests.only(BackendTLSPolicy.class).getSpec();

        assertTrue(Files.readString(NGINX).contains("server " + name + ":443;"), name);
        assertEquals(HOSTED, tls.getTargetRefs().get(0).getName());
        assertEquals(name, tls.getValidation().getHostname());
        assertEquals("System", tls.getValidation().getWellKnownCACertificates());
    }

    private static Service server() {
        return manifests.named(Service.class, HOSTED).orElseThrow();
    }

    private static Stream<HTTPRouteRule> rules() {
        return manifests.all(HTTPRoute.class).stream().flatMap(route -> route.getSpec().getRules().stream());
    }

    private static HTTPRouteRule ruleOf(HTTPRouteMatch match) {
        return rules().filter(rule -> rule.getMatches().stream().anyMatch(each -> each == match))
                .findFirst()
                .orElseThrow();
    }

    private static String backend(HTTPRouteRule rule) {
        return rule.getBackendRefs().get(0).getName();
    }

    private static <T> T filter(HTTPRouteRule rule, Function<HTTPRouteFilter, T> part) {
        return rule.getFilters().stream()
                .map(part)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private static boolean matches(HTTPRouteMatch match, String method, String path, String key) {
        String value = match.getPath().getValue();
        boolean onPath = isExpression(match) ? path.matches(value) : (path + "/").startsWith(value + "/");
        return onPath
                && (match.getMethod() == null || match.getMethod().equals(method))
                && match.getHeaders().stream()
                        .allMatch(header -> header.getName().equals("bitkey")
                                && header.getValue().equals(key));
    }

    private static boolean isExpression(HTTPRouteMatch match) {
        return match.getPath().getType().equals("RegularExpression");
    }
}
