package backoffice.replica;

import backoffice.persistence.ConnectionPools;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Creates the connection pool of the replica, with the user, the password and the TLS of the primary. */
@Singleton
@ReactiveDataSource(ReplicaRepository.PERSISTENCE_UNIT)
class ReplicaPool implements PgPoolCreator {

    private final ConnectionPools pools;
    private final Duration acquireTimeout;

    ReplicaPool(
            ConnectionPools pools,
            @ConfigProperty(name = "backoffice.database.acquire-timeout") Duration acquireTimeout) {
        this.pools = pools;
        this.acquireTimeout = acquireTimeout;
    }

    /** The primary must have time to answer a call that gets no connection to the replica. */
    @Override
    public Pool create(Input input) {
        PgConnectOptions replica = input.pgConnectOptionsList().get(0);
        return pools.create(
                input,
                acquireTimeout.dividedBy(4),
                primary -> primary.setHost(replica.getHost())
                        .setPort(replica.getPort())
                        .setDatabase(replica.getDatabase()));
    }
}
