package backoffice.replica;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.persistence.Customer;
import backoffice.persistence.CustomerGroup;
import backoffice.persistence.RowCount;
import jakarta.persistence.Entity;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HQL of the core has the same meaning on the replica. */
class ReplicaEntitiesTest {

    static Stream<Arguments> entities() {
        return Stream.of(
                Arguments.of(CustomerGroup.class, ReplicaEntities.Group.class),
                Arguments.of(Customer.class, ReplicaEntities.Customer.class),
                Arguments.of(RowCount.class, ReplicaEntities.RowCount.class));
    }

    @ParameterizedTest
    @MethodSource("entities")
    void an_entity_has_the_same_name_and_columns_on_the_replica(Class<?> ofCore, Class<?> ofReplica) {
        assertEquals(
                ofCore.getSimpleName(), ofReplica.getAnnotation(Entity.class).name());
        assertEquals(columns(ofCore), columns(ofReplica));
    }

    private static Set<String> columns(Class<?> entity) {
        return Stream.of(entity.getDeclaredFields())
                .filter(field -> !field.isSynthetic())
                .map(field -> field.getType().getSimpleName() + " " + field.getName())
                .collect(toSet());
    }
}
