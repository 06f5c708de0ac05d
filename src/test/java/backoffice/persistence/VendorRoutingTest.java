package backoffice.persistence;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.PartitionedDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Without a cluster: each statement touches one partition of each table. */
@QuarkusTest
class VendorRoutingTest extends VendorRoutingFixture {

    private static PartitionedDatabase database;

    @BeforeAll
    static void create_the_database(@TempDir Path temporary) {
        database = new PartitionedDatabase(temporary);
    }

    @AfterAll
    static void drop_the_database() {
        database.close();
    }

    @Override
    void assertOneNode(String statement) {
        Map<String, List<String>> partitions = database.partitions(statement);
        assertOnePartitionEach(partitions);
        assertFalse(partitions.isEmpty(), statement);
    }

    @Override
    void assertOneNodeOfPrepared(String statement) {
        assertOnePartitionEach(database.partitionsOfPrepared(statement));
    }

    private static void assertOnePartitionEach(Map<String, List<String>> partitions) {
        assertTrue(partitions.values().stream().allMatch(names -> names.size() == 1), partitions::toString);
    }
}
