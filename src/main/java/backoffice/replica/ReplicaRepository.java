package backoffice.replica;

import backoffice.persistence.ReadRouting;
import backoffice.persistence.Sessions;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.function.Function;
import java.util.function.Predicate;

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

    /**
     * The position up to which the replica has replayed the log; null on any other server. It is read in no session, since
     * that of the current call may still wait for a replica that is silent.
     */
    Uni<Long> position() {
        return WalPosition.read(pool.get(), WalPosition.ON_REPLICA);
    }

    /**
     * Executes a query, unless the server of its connection may not answer; then the result is null.
     *
     * @param mayAnswer gets the position up to which the server has replayed the log. It is read on the connection of the
     *     query, because other connections can lead to other replicas
     */
    <T> Uni<T> read(Predicate<Long> mayAnswer, Function<ReadRouting.Finder, Uni<T>> query) {
        return sessions.withSession(
                PERSISTENCE_UNIT,
                this::getSession,
                () -> getSession()
                        .chain(session -> session.createNativeQuery(WalPosition.ON_REPLICA, Long.class)
                                .getSingleResultOrNull())
                        .chain(position -> mayAnswer.test(position)
                                ? query.apply(this::find)
                                : Uni.createFrom().nullItem()));
    }
}
