package backoffice.http;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.customer.CustomerResource;
import backoffice.group.CustomerGroupResource;
import backoffice.group.GroupMembersResource;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RouteTest {

    private static final Set<Class<?>> RESOURCES =
            Set.of(CustomerGroupResource.class, GroupMembersResource.class, CustomerResource.class);

    @Test
    void the_routes_are_the_methods_of_the_resources() {
        Set<String> routes = Stream.of(Route.values())
                .flatMap(route -> route.methods().stream().map(method -> method + " " + route.template()))
                .collect(toCollection(TreeSet::new));

        Set<String> calls = RESOURCES.stream().flatMap(RouteTest::calls).collect(toCollection(TreeSet::new));

        assertEquals(calls, routes);
    }

    private static Stream<String> calls(Class<?> resource) {
        String base = resource.getAnnotation(Path.class).value();
        return Stream.of(resource.getDeclaredMethods())
                .flatMap(method -> verbs(method).map(verb -> verb + " " + base + path(method)));
    }

    private static Stream<String> verbs(Method method) {
        return Stream.of(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(HttpMethod::value);
    }

    private static String path(Method method) {
        Path path = method.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }
}
