package backoffice.testsupport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.devmode.EmbeddedPostgresConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A PostgreSQL server for one test that can be killed, frozen and restarted. An answered commit is on disk. */
public final class PostgresProcess implements AutoCloseable {

    private static final String USER = "postgres";

    private final Path data;
    private final int port = Ports.free();
    private final Map<String, String> settings;
    private EmbeddedPostgres server;

    public PostgresProcess() throws IOException {
        this(Map.of());
    }

    public PostgresProcess(Map<String, String> settings) throws IOException {
        this(folder(), settings);
    }

    private PostgresProcess(Path data, Map<String, String> settings) throws IOException {
        this.settings = settings;
        this.data = data;
        start();
    }

    private static Path folder() throws IOException {
        return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "postgres");
    }

    /** Starts a streaming standby of this server, with all that it has committed. */
    public PostgresProcess startStandby() throws IOException, InterruptedException {
        Path copy = folder();
        try (SqlConnection backup = new SqlConnection(jdbcUrl())) {
            backup.text("select pg_backup_start('standby', true)");
            Process cp = new ProcessBuilder("cp", "-a", data + "/.", copy.toString())
                    .inheritIO()
                    .start();
            assertEquals(0, cp.waitFor());
            Files.delete(copy.resolve("postmaster.pid"));
            Files.writeString(copy.resolve("backup_label"), backup.text("select labelfile from pg_backup_stop(false)"));
        }
        Files.createFile(copy.resolve("standby.signal"));
        Files.writeString(
                copy.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost port=%d user=%s'%n".formatted(port, USER),
                StandardOpenOption.APPEND);
        return new PostgresProcess(copy, Map.of());
    }

    /** Starts the server on the same port and with the same data as before. Returns when it accepts connections. */
    public void start() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgresConfig.embeddedPostgres()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("synchronous_commit", "on");
        settings.forEach(builder::setServerConfig);
        server = builder.start();
    }

    /** Kills all its processes at once, like a machine failure. */
    public void kill() throws IOException, InterruptedException {
        signal("STOP", Stream.of(postmaster()));
        List<ProcessHandle> processes = processes();
        signal("KILL", processes.stream());
        processes.forEach(process -> process.onExit().join());
        server.close();
    }

    /** Stops all its processes. Connections stay open, and the server answers nothing. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP", processes().stream());
    }

    public void thaw() throws IOException, InterruptedException {
        signal("CONT", processes().stream());
    }

    public int port() {
        return port;
    }

    public String url() {
        return "postgresql://localhost:" + port + "/postgres";
    }

    /** The environment variables that connect a packaged application to it, and more variables, such as {@code A=b}. */
    public Map<String, String> environment(String... more) {
        return PackagedApplication.environment(
                Map.of("QUARKUS_DATASOURCE_REACTIVE_URL", url(), "QUARKUS_DATASOURCE_USERNAME", USER), more);
    }

    public String user() {
        return USER;
    }

    public void execute(String sql) {
        Sql.execute(jdbcUrl(), sql);
    }

    public long number(String sql) {
        return Long.parseLong(text(sql));
    }

    public String text(String sql) {
        return Sql.text(jdbcUrl(), sql);
    }

    /** The number of connections that stay open although no client has logged in on them. */
    public long connectionsWithoutLogin() {
        List<ProcessHandle> children = postmaster().children().toList();
        String known = text("select string_agg(pid::text, ' ') from pg_stat_activity");
        List<String> loggedIn = List.of(known.split(" "));
        return children.stream()
                .filter(child -> child.isAlive() && !loggedIn.contains(String.valueOf(child.pid())))
                .count();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private String jdbcUrl() {
        return jdbcUrl("postgres");
    }

    /** The JDBC URL of a database on this server, with the user. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database + "?user=" + USER;
    }

    private List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(postmaster()), postmaster().descendants())
                .toList();
    }

    private ProcessHandle postmaster() {
        String pid = RepositoryFiles.text(data.resolve("postmaster.pid"))
                .lines()
                .findFirst()
                .orElseThrow();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static void signal(String name, Stream<ProcessHandle> processes) throws IOException, InterruptedException {
        Stream<String> pids = processes.map(process -> String.valueOf(process.pid()));
        // The exit code is ignored: kill fails when a process has already exited, which is the intended state.
        new ProcessBuilder(Stream.concat(Stream.of("kill", "-" + name), pids).toList())
                .inheritIO()
                .start()
                .waitFor();
    }
}
