package backoffice.replica;

import backoffice.persistence.ReadRouting;
import backoffice.persistence.Sessions;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.function.Consumer;
import java.util.function.Function;

/** Executes queries of the core in Panache sessions of the replica. The core has bound the vendor in them. */
@Singleton
class ReplicaRepository implements PanacheRepositoryBase<ReplicaEntities.Group, Long> {

    static final String PERSISTENCE_UNIT = "replica";

    private final Sessions sessions;
    private final Instance<Pool> pool;

    /** The pool is an instance, because there is none without a replica. */
    ReplicaRepository(Sessions sessions, @ReactiveDataSource(PERSISTENCE_UNIT) Instance<Pool> pool) {
        this.sessions = sessions;
        this.pool = pool;
    }

    /** The position up to which the server of the current session has replayed the log; null on any other server. */
    private Uni<Long> replayedPosition() {
        return getSession()
                .chain(session -> session.createNativeQuery(WalPosition.ON_REPLICA, Long.class)
                        .getSingleResultOrNull());
    }

    /** The same position, in no session: that of the current call may still wait for a replica that is silent. */
    Uni<Long> position() {
        return UniHelper.toUni(pool.get()
                .withConnection(
                        connection -> connection.query(WalPosition.ON_REPLICA).execute())
                .map(rows -> rows.iterator().next().getLong(0)));
    }

    /**
     * Executes a query.
     *
     * @param check throws when the replica may not answer, because of the position up to which it has replayed the log.
     *     It is read on the connection of the query, because other connections can lead to other replicas
     */
    <T> Uni<T> read(Consumer<Long> check, Function<ReadRouting.Finder, Uni<T>> query) {
        return sessions.withSession(
                PERSISTENCE_UNIT,
                this::getSession,
                () -> replayedPosition().invoke(check).chain(() -> query.apply(this::find)));
    }
}
