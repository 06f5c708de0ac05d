package backoffice.testsupport;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A PostgreSQL of a test's own, which can be killed, frozen and started again. It answers when a commit is written, not before. */
public final class PostgresProcess implements AutoCloseable {

    private static final String USER = "postgres";

    private final Path data;
    private final int port = Ports.free();
    private final Map<String, String> settings;
    private EmbeddedPostgres server;

    public PostgresProcess() throws IOException {
        this(Map.of());
    }

    /** One with these settings, by name. */
    public PostgresProcess(Map<String, String> settings) throws IOException {
        this.settings = settings;
        data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "postgres");
        start();
    }

    /** Returns when it takes connections, on the port and with the data that it had before. */
    public void start() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setLocaleConfig("locale", "C")
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("synchronous_commit", "on");
        settings.forEach(builder::setServerConfig);
        server = builder.start();
    }

    /** Ends all its processes at once, as a lost machine would. */
    public void kill() throws IOException, InterruptedException {
        signal("STOP", Stream.of(postmaster()));
        List<ProcessHandle> processes = processes();
        signal("KILL", processes.stream());
        processes.forEach(process -> process.onExit().join());
        server.close();
    }

    /** Has all its processes stand still: connections stay, and nothing is answered. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP", processes().stream());
    }

    public void thaw() throws IOException, InterruptedException {
        signal("CONT", processes().stream());
    }

    /** Where the service finds it. */
    public String url() {
        return "postgresql://localhost:" + port + "/postgres";
    }

    public String user() {
        return USER;
    }

    public void execute(String sql) {
        Sql.execute(jdbcUrl(), sql);
    }

    /** The one number that a query selects. */
    public long number(String sql) {
        return Long.parseLong(Sql.text(jdbcUrl(), sql));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private String jdbcUrl() {
        return "jdbc:" + url() + "?user=" + USER;
    }

    private List<ProcessHandle> processes() throws IOException {
        return Stream.concat(Stream.of(postmaster()), postmaster().descendants())
                .toList();
    }

    private ProcessHandle postmaster() throws IOException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static void signal(String name, Stream<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of("kill", "-" + name), processes.map(process -> String.valueOf(process.pid())))
                .toList();
        // One that has ended by itself meanwhile makes the command fail, and has what it was to have.
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
