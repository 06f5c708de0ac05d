package backoffice.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.testsupport.CitusCluster;
import backoffice.testsupport.EmptyDatabase;
import org.junit.jupiter.api.Test;

class SchemaDistributionTest {

    @Test
    void a_plain_postgresql_is_refused_with_a_sentence() {
        try (EmptyDatabase database = new EmptyDatabase()) {
            Exception refusal =
                    assertThrows(IllegalStateException.class, () -> database.execute(CitusCluster.distribution()));

            assertThat(refusal.getCause().getMessage(), startsWith("ERROR: This database has no Citus."));
        }
    }
}
