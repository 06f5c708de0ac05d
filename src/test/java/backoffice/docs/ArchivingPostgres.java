package backoffice.docs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backoffice.testsupport.Ports;
import backoffice.testsupport.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A PostgreSQL of the machine with the settings of docs/backup.md, and its paths and ports in commands of that page. */
final class ArchivingPostgres implements AutoCloseable {

    static final String DATABASE = "customer_groups";

    private final Path programs;
    private final Path directory = Files.createTempDirectory("postgres");
    private final int port = Ports.free();
    private final int restoredPort = Ports.free();
    private final Map<String, String> paths = Map.of(
            "/var/lib/postgresql/", directory + "/",
            "/backup", directory + "/backup",
            "localhost:5432", "localhost:" + port,
            "-p 5433", "-p %d -k %s".formatted(restoredPort, directory));

    ArchivingPostgres(String settings) throws IOException {
        Optional<Path> installed = Programs.ofPostgres("pg_verifybackup");
        assumeTrue(installed.isPresent(), "There is no PostgreSQL of Debian, which this test needs");
        programs = installed.orElseThrow();
        Files.createDirectories(directory.resolve("backup/wal"));
        Path more = Files.writeString(directory.resolve("more.conf"), here(settings));
        asOwner(
                "initdb --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C",
                "cat " + more + " >> data/postgresql.conf",
                "pg_ctl --pgdata=data --log=log --wait --options='-p %d -k %s' start".formatted(port, directory));
    }

    String url() {
        return "postgresql://localhost:" + port + "/" + DATABASE;
    }

    String urlOfRestored() {
        return "postgresql://localhost:" + restoredPort + "/" + DATABASE;
    }

    /** A command of the page as it is on this server. */
    String here(String command) {
        String here = command;
        for (Map.Entry<String, String> path : paths.entrySet()) {
            here = here.replace(path.getKey(), path.getValue());
        }
        return here;
    }

    /** What commands print that the user of the server runs. They must succeed. */
    String asOwner(String... commands) {
        String script = Stream.concat(
                        Stream.of(
                                "set -eu",
                                "cd " + directory,
                                "export PATH=%s:$PATH PGHOST=localhost PGPORT=%d PGUSER=postgres"
                                        .formatted(programs, port)),
                        Stream.of(commands))
                .collect(Collectors.joining("\n"));
        if (!isRoot()) {
            return Bash.output(script);
        }
        return Bash.output("chown -R postgres %s\nrunuser -u postgres -- bash -s <<'SCRIPT'\n%s\nSCRIPT\n"
                .formatted(directory, script));
    }

    String query(String sql) {
        return asOwner("psql --no-psqlrc --tuples-only --no-align --command=\"%s\" postgres".formatted(sql))
                .strip();
    }

    /** What a query prints on the database of a URL. */
    String query(String url, String sql) {
        return asOwner("psql --no-psqlrc --set=ON_ERROR_STOP=1 --tuples-only --no-align '%s' <<'SQL'\n%s\nSQL"
                        .formatted(url, sql))
                .strip();
    }

    /** Waits until everything up to now is in the archive. */
    void awaitArchived() throws InterruptedException {
        String segment = query("select pg_walfile_name(pg_switch_wal())");
        while (query("select coalesce(last_archived_wal, '') >= '%s' from pg_stat_archiver".formatted(segment))
                .equals("f")) {
            Thread.sleep(100);
        }
    }

    @Override
    public void close() {
        asOwner(
                "for data in data restored; do [ ! -f $data/postmaster.pid ] || pg_ctl --pgdata=$data --mode=fast --wait stop; done");
        Bash.output("rm -rf " + directory);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
