package backoffice.persistence;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.group.CustomerGroupRepository;
import backoffice.group.GroupMembersRepository;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No repository executes a method of Panache that knows no vendor. Quarkus adds these methods to each repository. */
@QuarkusTest
class ClosedPanacheMethodsTest {

    @Inject
    CustomerGroupRepository groups;

    @Inject
    GroupMembersRepository members;

    @Test
    void each_method_of_panache_is_refused_and_says_what_to_call() {
        List<Method> methods =
                Stream.of(PanacheRepositoryBase.class.getMethods()).toList();
        assertTrue(methods.size() > 30);

        for (Method method : methods) {
            for (Object repository : List.of(groups, members)) {
                Throwable failure = assertThrows(
                                InvocationTargetException.class,
                                () -> method.invoke(repository, new Object[method.getParameterCount()]),
                                method.toString())
                        .getCause();

                assertInstanceOf(UnsupportedOperationException.class, failure, method.toString());
                assertThat(failure.getMessage(), containsString("find(vendor, ...)"));
            }
        }
    }
}
