package backoffice.persistence;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import backoffice.testsupport.Await;
import backoffice.testsupport.BesideOtherTests;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.End;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.PostgresProcess;
import backoffice.testsupport.ServerCertificate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.smallrye.certs.PemCertificateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged application connects to PostgreSQL with the encryption that both of them want. */
@Tag("slow")
@BesideOtherTests
class EncryptionIT {

    private static final Path COMPONENT = Path.of("k8s", "components", "tls-postgresql", "kustomization.yaml");
    private static final String KEY = "encryption-key";
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String CONNECTIONS = "select count(*) from pg_stat_ssl join pg_stat_activity using (pid)"
            + " where application_name = 'vertx-pg-client' and ";

    @TempDir
    static Path directory;

    private static PemCertificateFiles certificate;
    private static PemCertificateFiles other;

    @AutoClose
    private static PostgresProcess database;

    /** It has the certificate, and does not use it before a test says so. */
    @AutoClose
    private static PostgresProcess plain;

    @BeforeAll
    static void start_a_database_with_a_certificate() throws Exception {
        certificate = certificate("database");
        other = certificate("other");
        Path encryptedOnly = Files.writeString(directory.resolve("pg_hba.conf"), "hostssl all all all trust");
        database = new PostgresProcess(Map.of(
                "hba_file", encryptedOnly.toString(),
                "ssl", "on",
                "ssl_cert_file", certificate.certFile().toString(),
                "ssl_key_file", certificate.keyFile().toString()));
        plain = new PostgresProcess(Map.of(
                "ssl_cert_file", certificate.certFile().toString(),
                "ssl_key_file", certificate.keyFile().toString()));
    }

    /** Without a setting, the certificate is not checked. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_database_that_takes_encrypted_connections_alone_is_used(boolean checked) throws Exception {
        try (Running service = PackagedApplication.start(checked ? trusting(certificate) : settings(database))) {
            service.as(KEY).get("/customer_groups").statusCode(200);
        }
    }

    @Test
    void connections_are_encrypted_while_the_database_can_and_no_other_stays_open_beside_them() throws Exception {
        // Given a database without encryption
        try (Running service = PackagedApplication.start(settings(plain))) {
            service.as(KEY).get("/customer_groups").statusCode(200);
            Await.atMost(SOON).until(() -> plain.connectionsWithoutLogin(), is(0L));

            for (boolean encrypted : List.of(true, false)) {
                // When the database encrypts from now on, or does not any more
                plain.execute("alter system set ssl = " + encrypted);
                plain.execute("select pg_reload_conf()");
                Await.atMost(SOON).until(() -> plain.text("show ssl"), is(encrypted ? "on" : "off"));
                plain.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where application_name = 'vertx-pg-client'");

                // Then new connections do the same
                Await.atMost(SOON).until(() -> service.as(KEY).code("/customer_groups"), is(200));
                assertThat(plain.number(CONNECTIONS + "ssl = " + encrypted), is(greaterThan(0L)));
                assertThat(plain.number(CONNECTIONS + "ssl <> " + encrypted), is(0L));
            }
        }
    }

    @Test
    void a_database_whose_certificate_is_not_trusted_is_refused() throws Exception {
        End end = PackagedApplication.run(trusting(other));

        assertThat(end.output(), containsString("The schema could not be brought up to date"));
        assertThat(end.exitCode(), is(1));
    }

    @Test
    void a_start_that_cannot_check_the_certificate_names_the_setting() throws Exception {
        Map<String, String> settings = settings(database);
        settings.put("BACKOFFICE_DATABASE_TLS", "verify-full");

        End end = PackagedApplication.run(settings);

        assertThat(end.output(), containsString("Set backoffice.database.tls-ca to the file of its"));
        assertThat(end.exitCode(), is(1));
    }

    @ParameterizedTest
    @CsvSource({"disable, true, no encryption", "require, false, has no TLS"})
    void a_connection_that_is_not_as_the_database_or_the_setting_asks_gets_5001_and_is_logged_with_the_reason(
            String tls, boolean encrypted, String reason) throws Exception {
        Map<String, String> settings = settings(encrypted ? database : plain);
        settings.put("BACKOFFICE_DATABASE_TLS", tls);
        settings.put("BACKOFFICE_MIGRATE_AT_START", "false");

        try (Running service = PackagedApplication.start(settings)) {
            service.as(KEY).get("/customer_groups").statusCode(503);

            assertThat(Files.readString(service.output()), containsString(reason));
        }
    }

    private static Map<String, String> trusting(PemCertificateFiles authority) throws IOException {
        Map<String, String> settings = settings(database);
        for (JsonNode setting : new YAMLMapper().readTree(COMPONENT.toFile()).at("/configMapGenerator/0/literals")) {
            String[] nameAndValue = setting.textValue().split("=");
            settings.put(
                    nameAndValue[0],
                    nameAndValue[1].replace(
                            "/etc/postgresql/ca.crt", authority.trustFile().toString()));
        }
        return settings;
    }

    private static Map<String, String> settings(PostgresProcess database) {
        return database.environment("QUARKUS_FLYWAY_MIGRATION_CONNECT_RETRIES=0", "BACKOFFICE_BITKEYS_ACME=" + KEY);
    }

    private static PemCertificateFiles certificate(String name) throws Exception {
        PemCertificateFiles files = ServerCertificate.files(directory, name, "localhost");
        Files.setPosixFilePermissions(files.keyFile(), PosixFilePermissions.fromString("rw-------"));
        return files;
    }
}
