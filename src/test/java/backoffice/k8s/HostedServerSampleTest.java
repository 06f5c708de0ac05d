package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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
    private static final Comparator<JsonNode> PRECEDENCE = Comparator.comparing(HostedServerSampleTest::isExpression)
            .thenComparing(match -> match.at("/path/value").textValue().length())
            .thenComparing(match -> match.has("method"))
            .thenComparing(match -> match.path("headers").size());

    private static Manifests manifests;

    @BeforeAll
    static void render(@TempDir Path directory) throws IOException {
        manifests = Manifests.with(directory, "production", "samples/hosted-server");
    }

    /** The columns: the server, the key, and calls. The rule without a match has all calls that no other rule has. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hosted-server   | the-key-of-acme-here           | GET /products, PUT /users/a, GET /customers-of-another-kind
            hosted-server   | the-key-of-acme-here           | GET /customers/a/sns, DELETE /customers/a/sns/1, POST /customers/a/b/sns/data
            customer-groups | the-key-of-acme-here           | POST /customers, GET /customers/a/b, GET /customers/a%2Fsns, GET /customers/a/SNS
            customer-groups | the-key-of-acme-here           | GET /customer_groups, DELETE /customer_groups/a/customers, GET /customer_groups/a/sns
            customer-groups | the-key-of-acme-here           | GET s
            customer-groups | another-key                    | GET /products, GET /customers/a/sns
            customer-groups | THE-KEY-OF-ACME-HERE           | GET /products
            hosted-server   | the-read-only-key-of-acme-here | GET /products, HEAD /customers/a/sns
            customer-groups | the-read-only-key-of-acme-here | GET /customers/a, POST /products, DELETE /customers/a/sns, OPTIONS /products
            """)
    void a_call_goes_to_the_server_that_has_it_if_its_key_may(String backend, String key, String calls) {
        for (String call : calls.split(", ")) {
            String[] methodAndPath = call.split(" ");
            String found = rules().stream()
                    .flatMap(rule -> Json.find(rule, "/matches/*").stream()
                            .filter(match -> matches(match, methodAndPath[0], "/bitanswer/api" + methodAndPath[1], key))
                            .map(match -> Map.entry(match, rule)))
                    .max(Map.Entry.comparingByKey(PRECEDENCE))
                    .map(match -> backend(match.getValue()))
                    .orElse("customer-groups");

            assertEquals(backend, found, call);
        }
    }

    @Test
    void the_hosted_server_gets_its_own_key_and_name_and_no_header_that_nginx_removes() throws IOException {
        Set<String> removed = Pattern.compile("proxy_set_header (X-\\S+) \"\";")
                .matcher(Files.readString(NGINX))
                .results()
                .map((MatchResult header) -> header.group(1))
                .collect(toSet());
        List<JsonNode> rules =
                rules().stream().filter(rule -> backend(rule).equals(HOSTED)).toList();

        assertEquals(2, rules.size());
        for (JsonNode rule : rules) {
            String headers = "/filters/*/requestHeaderModifier/";
            assertEquals(removed, Set.copyOf(Json.texts(rule, headers + "remove/*")));
            assertEquals(List.of("bitkey", "the-key-of-acme-there"), Json.texts(rule, headers + "set/0/name,value"));
            assertEquals(List.of(hostedServer()), Json.texts(rule, "/filters/*/urlRewrite/hostname"));
        }
    }

    @Test
    void the_hosted_server_is_that_of_nginx_and_its_certificate_is_checked() throws IOException {
        JsonNode tls = manifests.only("BackendTLSPolicy").get("spec");

        assertThat(Files.readString(NGINX), containsString("server " + hostedServer() + ":443;"));
        assertEquals(HOSTED, tls.at("/targetRefs/0/name").textValue());
        assertEquals(hostedServer(), tls.at("/validation/hostname").textValue());
        assertEquals("System", tls.at("/validation/wellKnownCACertificates").textValue());
    }

    private static String hostedServer() {
        JsonNode service = manifests.named("Service", HOSTED).orElseThrow();
        return service.at("/spec/externalName").textValue();
    }

    private static List<JsonNode> rules() {
        return manifests.all("HTTPRoute").stream()
                .flatMap(route -> Json.find(route, "/spec/rules/*").stream())
                .toList();
    }

    private static String backend(JsonNode rule) {
        return rule.at("/backendRefs/0/name").textValue();
    }

    private static boolean matches(JsonNode match, String method, String path, String key) {
        String value = match.at("/path/value").textValue();
        boolean onPath = isExpression(match) ? path.matches(value) : (path + "/").startsWith(value + "/");
        return onPath
                && match.path("method").asText(method).equals(method)
                && Json.find(match, "/headers/*").stream()
                        .allMatch(header -> header.get("name").asText().equals("bitkey")
                                && header.get("value").asText().equals(key));
    }

    private static boolean isExpression(JsonNode match) {
        return match.at("/path/type").asText().equals("RegularExpression");
    }
}
