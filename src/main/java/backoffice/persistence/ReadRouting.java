package backoffice.persistence;

import backoffice.value.Vendor;
import io.quarkus.arc.DefaultBean;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Decides which persistence unit answers a query outside of transactions. By default, the primary answers all. */
public interface ReadRouting {
    /** Panache's {@code find} in the current session of a persistence unit. */
    interface Finder {
        PanacheQuery<?> find(String hql, Map<String, Object> parameters);
    }

    /**
     * Executes a query of the vendor.
     *
     * @param onPrimary executes it in a session of the primary
     * @param query executes it with the finder of another persistence unit, in a session of that unit
     */
    default <T> Uni<T> route(Vendor vendor, Supplier<Uni<T>> onPrimary, Function<Finder, Uni<T>> query) {
        return onPrimary.get();
    }

    /** Executes a transaction that may change something for the vendor, and has the same outcome. */
    default <T> Uni<T> change(Vendor vendor, Uni<T> transaction) {
        return transaction;
    }

    @DefaultBean
    @Singleton
    class PrimaryOnly implements ReadRouting {}
}
