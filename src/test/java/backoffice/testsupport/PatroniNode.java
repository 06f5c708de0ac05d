package backoffice.testsupport;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A node of {@link PatroniCluster} and its configuration, which docs/scaling.md recommends.
 *
 * @param port the port of PostgreSQL
 * @param restPort the port of Patroni's REST API
 */
record PatroniNode(String name, String address, int port, int restPort) {

    String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/postgres?user=postgres".formatted(address, port);
    }

    URI restUri(String path) {
        return URI.create("http://%s:%d%s".formatted(address, restPort, path));
    }

    /**
     * The configuration of Patroni.
     *
     * @param data the directory of the data of all nodes
     * @param binaries the directory of the programs of PostgreSQL
     * @param etcd host and port
     */
    String patroni(Path data, Path binaries, String etcd) {
        return """
                scope: customer-groups
                name: %1$s
                restapi: {listen: '%2$s:%4$d', connect_address: '%2$s:%4$d'}
                etcd3: {host: '%7$s'}
                bootstrap:
                  dcs:
                    ttl: 20
                    loop_wait: 1
                    retry_timeout: 3
                    primary_start_timeout: 0
                    synchronous_mode: true
                    postgresql:
                      use_pg_rewind: true
                      pg_hba: ['local all all trust', 'host all all samenet trust', 'host replication all samenet trust']
                  initdb: [{encoding: UTF8}, {locale: C}, data-checksums]
                postgresql:
                  listen: '%2$s:%3$d'
                  connect_address: '%2$s:%3$d'
                  data_dir: %5$s/%1$s
                  bin_dir: %6$s
                  pgpass: %5$s/%1$s.pgpass
                  parameters: {unix_socket_directories: '%5$s'}
                  authentication:
                    superuser: {username: postgres, password: postgres}
                    replication: {username: replicator, password: replicator}
                """.formatted(name, address, port, restPort, data, binaries, etcd);
    }

    /** The configuration of HAProxy, which leads from a port to the primary. */
    static String haproxy(int port, List<PatroniNode> nodes) {
        return """
                defaults
                  mode tcp
                  retries 0
                  timeout connect 1s
                  timeout check 1s
                  timeout client 30m
                  timeout server 30m
                listen primary
                  bind 127.0.0.1:%d
                  option httpchk OPTIONS /primary
                  http-check expect status 200
                  default-server inter 200ms fall 1 rise 1 on-marked-down shutdown-sessions
                """.formatted(port)
                + nodes.stream()
                        .map(node -> "  server %s %s:%d check port %d%n"
                                .formatted(node.name(), node.address(), node.port(), node.restPort()))
                        .collect(Collectors.joining());
    }
}
