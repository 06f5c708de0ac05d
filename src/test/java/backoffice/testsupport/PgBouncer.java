package backoffice.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A PgBouncer in transaction mode between the service and PostgreSQL. */
public final class PgBouncer {

    private static final String NAME = "pgbouncer";
    private static final String ROLE = "pooled";

    /** The timeouts that the service would set itself. PgBouncer ignores those of the service. */
    private static final String TIMEOUTS = """
            create role %1$s superuser login password '%1$s';
            alter role %1$s set statement_timeout = '4s';
            alter role %1$s set idle_in_transaction_session_timeout = '10s'
            """.formatted(ROLE);

    private PgBouncer() {}

    public static long connections() {
        return Sql.number("select count(*) from pg_stat_activity where application_name like '% - 127.0.0.1:%'");
    }

    public static boolean isInstalled() {
        return Programs.find(NAME).isPresent();
    }

    /** Starts a PgBouncer in front of a server, with a role of its own, and returns its URL. It stops with the JVM. */
    public static String start(String server, String user, String password) {
        URI address = URI.create(server);
        try (SqlConnection postgres =
                new SqlConnection("jdbc:%s?user=%s&password=%s".formatted(server, user, password))) {
            postgres.execute(TIMEOUTS);
            int port = Ports.free();
            Path configuration = Files.writeString(Programs.folder(NAME).resolve("pgbouncer.ini"), """
                    [databases]
                    * = host=%s port=%d user=%s password=%s
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = any
                    pool_mode = transaction
                    application_name_add_host = 1
                    ignore_startup_parameters = extra_float_digits, statement_timeout, idle_in_transaction_session_timeout
                    max_prepared_statements = 200
                    max_client_conn = 1000
                    default_pool_size = 10
                    """.formatted(
                    InetAddress.getByName(address.getHost()).getHostAddress(), address.getPort(), ROLE, ROLE, port));
            Process process = Programs.start(command(configuration), Path.of("target", "pgbouncer.log"), port);
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return "postgresql://localhost:" + port + address.getPath();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("PgBouncer does not start", e);
        }
    }

    /** PgBouncer does not run as root, so root starts it as the user nobody. */
    private static List<String> command(Path configuration) {
        List<String> command =
                new ArrayList<>(List.of(Programs.find(NAME).orElseThrow().toString(), configuration.toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(1, List.of("-u", "nobody"));
        }
        return command;
    }
}
