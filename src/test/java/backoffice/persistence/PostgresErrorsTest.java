package backoffice.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.pgclient.PgException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures whose SQLSTATE does not tell whether a connection or a statement was refused. */
class PostgresErrorsTest {

    /** The severity is in the language of the server. A pooler names no file. */
    @ParameterizedTest
    @CsvSource({
        "FATAL, 3D000, postinit.c, true",
        "FATAL, 3D000, , true",
        "致命错误, 3D000, postinit.c, true",
        "致命错误, 55000, postinit.c, true",
        "致命错误, 42501, postinit.c, true",
        "ERROR, 42501, aclchk.c, false",
        "错误, 42501, aclchk.c, false",
        "ERROR, 55000, sequence.c, false",
    })
    void a_refused_connection_is_an_outage_and_a_refused_statement_is_a_fault(
            String severity, String sqlState, String file, boolean isOutage) {
        PgException failure = new PgException(
                "message", severity, sqlState, null, null, null, null, null, null, file, null, null, null, null, null,
                null, null);

        assertEquals(isOutage, PostgresErrors.isUnavailability(new IllegalStateException(failure)));
    }
}
