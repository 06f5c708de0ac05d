package backoffice.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.RepositoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** deploy/sign-in/start, with a program in place of Apache that prints how it was called. */
class SignInStartTest {

    private static final String STARTED = "apache2 -DFOREGROUND -f /etc/sign-in/apache.conf";

    private static final String PUBLIC = "/etc/ssl/certs/ca-certificates.crt";

    @TempDir
    private static Path programs;

    private static final Map<String, String> EXAMPLE = RepositoryFiles.text(Path.of("deploy/sign-in/sign-in.env"))
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(line -> line[0], line -> line[1]));

    private final Map<String, String> variables = new TreeMap<>(EXAMPLE);

    @BeforeAll
    static void apache() throws IOException {
        Bash.require();
        Files.writeString(programs.resolve("apache2"), """
                #!/bin/sh
                echo apache2 "$@"
                echo "$OIDC_ISSUER"
                echo "$OIDC_CA_FILE"
                """);
        Files.setPosixFilePermissions(programs.resolve("apache2"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @BeforeEach
    void the_example_is_filled_in() {
        variables.replaceAll((name, value) -> value.equals("change-me") ? "secret" : value);
        variables.put("SERVICE", "http://api:8080");
    }

    /** The issuer of some providers ends with a slash, and the path of their metadata begins with one too. */
    @Test
    void apache_starts_when_each_variable_has_a_value_and_an_issuer_may_end_with_a_slash() {
        assertEquals(List.of(STARTED, "https://login.example.com/realms/company", PUBLIC), start());

        variables.put("OIDC_ISSUER", "https://company.example.com/");
        assertEquals(List.of(STARTED, "https://company.example.com", PUBLIC), start());
    }

    @Test
    void a_private_ca_takes_the_place_of_the_public_ones() throws IOException {
        String certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        variables.put("OIDC_CA", Base64.getEncoder().encodeToString(certificate.getBytes(UTF_8)));

        Path file = programs.resolve("provider-ca.crt");
        assertEquals(file.toString(), start().get(2));
        assertEquals(certificate, Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("variables")
    void a_variable_without_a_value_is_named(String variable) {
        variables.put(variable, "");
        assertRefused("sign-in: the variable " + variable + " has no value.");

        variables.remove(variable);
        assertRefused("sign-in: the variable " + variable + " has no value.");
    }

    @Test
    void the_values_of_the_example_are_none() {
        variables.putAll(EXAMPLE);

        assertRefused(
                "sign-in: the variable OIDC_CLIENT_SECRET has no value.",
                "sign-in: the variable READING_KEY has no value.",
                "sign-in: the variable CHANGING_KEY has no value.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            OIDC_SCOPE     | "openid"                   | has a quote.
            CONSOLE_URL    | https://groups.example.com/ | is no address without a path, such as https://groups.example.com.
            CONSOLE_URL    | groups.example.com         | is no address without a path, such as https://groups.example.com.
            GROUPS_CLAIM   | urn:groups                 | has a character other than letters, digits and _.
            CHANGING_GROUP | ACME\\Editors              | has a # or a \\.
            CHANGING_GROUP | #editors                   | has a # or a \\.
            OIDC_CA        | /etc/ca.crt                | is no certificate in base64, such as base64 -w0 ca.crt prints.
            OIDC_CA        | aGVsbG8=                   | is no certificate in base64, such as base64 -w0 ca.crt prints.
            """)
    void a_value_that_apache_would_misread_is_refused(String name, String value, String problem) {
        variables.put(name, value);

        assertRefused("sign-in: the variable " + name + " " + problem);
    }

    static Set<String> variables() {
        return EXAMPLE.keySet();
    }

    private void assertRefused(String... problems) {
        assertEquals(
                Stream.concat(Stream.of(problems), Stream.of("exit code 1")).toList(), start());
    }

    private List<String> start() {
        Map<String, String> environment = new TreeMap<>(variables);
        environment.put("PATH", programs + ":" + System.getenv("PATH"));
        environment.put("TMPDIR", programs.toString());
        return Bash.output("deploy/sign-in/start 2>&1 || echo exit code $?", environment)
                .lines()
                .toList();
    }
}
