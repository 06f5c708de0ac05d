package backoffice.persistence;

import backoffice.value.Vendor;
import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;

/** Gives the statement that each transaction begins with that may change something. By default, there is none. */
public interface TransactionStart {
    /** A statement of SQL with its parameters, of which the first is the vendor. */
    record Statement(String sql, Object... parameters) {}

    /** The statement for a transaction of the current call; null for none. */
    default Statement statement(Vendor vendor) {
        return null;
    }

    /** The default. */
    @DefaultBean
    @Singleton
    class Nothing implements TransactionStart {}
}
