package backoffice.docs;

import backoffice.testsupport.Ports;
import backoffice.testsupport.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A PostgreSQL of the machine, for the commands of docs/backup.md, which run with its programs as its user. */
final class DebianServer implements AutoCloseable {

    private static final Path RESTORE = Path.of("deploy/postgresql/restore.sh");

    private final Path directory;
    private final Path programs;
    final int port = Ports.free();

    /** Another server of the directory may listen on this port. It is stopped at the end too. */
    final int restoredPort = Ports.free();

    DebianServer(Path directory, String settings) throws IOException {
        this.directory = directory;
        programs = Programs.required("REQUIRE_SHELL", Programs.ofPostgres("pg_verifybackup"), "PostgreSQL of Debian");
        Files.createDirectories(directory.resolve("backup"));
        Files.createDirectories(directory.resolve("deploy/postgresql"));
        Files.copy(RESTORE, directory.resolve(RESTORE), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(directory.resolve("more.conf"), here(settings));
        asOwner("""
            initdb --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C
            cat more.conf >> data/postgresql.conf
            pg_ctl --pgdata=data --log=log --wait --options='-p %d -k %s' start
            psql --no-psqlrc --set=ON_ERROR_STOP=1 postgres <<'SQL'
            %s
            SQL\
            """.formatted(
                        port,
                        directory,
                        Page.of("k8s/README.md").blocks("sql").get(0).text().replace("'…'", "'change-me'")));
    }

    @Override
    public void close() {
        asOwner("""
            for data in data restored; do
              [ ! -f $data/postmaster.pid ] || pg_ctl --pgdata=$data --mode=fast --wait stop
            done\
            """);
    }

    /** What connects a packaged application to a database. */
    Map<String, String> environment(int portOfServer, String database) {
        return Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost:%d/%s".formatted(portOfServer, database),
                "QUARKUS_DATASOURCE_USERNAME", "customer_groups",
                "QUARKUS_DATASOURCE_PASSWORD", "change-me",
                "QUARKUS_DATASOURCE_MIGRATION_USERNAME", "customer_groups_migration",
                "BACKOFFICE_BITKEYS_ACME", "configured",
                "BACKOFFICE_HISTORY", "on");
    }

    /** A command of the docs with the paths and ports of this server. */
    String here(String command) {
        return command.replace("/var/lib/postgresql/", directory + "/")
                .replaceAll("(?<![\\w\"])/backup(?=[/ \"])", directory + "/backup")
                .replace("-p 5433", "-p %d -k %s".formatted(restoredPort, directory));
    }

    String query(String database, String sql) {
        return query(port, database, sql);
    }

    /** What a query prints. */
    String query(int portOfServer, String database, String sql) {
        return asOwner("psql --no-psqlrc --set=ON_ERROR_STOP=1 --tuples-only --no-align --port=%d %s <<'SQL'\n%s\nSQL"
                        .formatted(portOfServer, database, sql))
                .strip();
    }

    /** What a script prints that the user of the server runs. It must succeed. */
    String asOwner(String commands) {
        String script = "set -eu\ncd %s\nexport PATH=%s:$PATH PGHOST=localhost PGPORT=%d PGUSER=postgres\n%s"
                .formatted(directory, programs, port, commands);
        return System.getProperty("user.name").equals("root")
                ? Bash.output("chown -R postgres %s\nrunuser -u postgres -- bash -s <<'SCRIPT'\n%s\nSCRIPT\n"
                        .formatted(directory, script))
                : Bash.output(script);
    }
}
