package backoffice.http;

import static backoffice.http.Route.BASE_PATH;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.customer.CustomerResource;
import backoffice.group.CustomerGroupResource;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

    private static final Set<Class<?>> RESOURCES = Set.of(CustomerGroupResource.class, CustomerResource.class);

    @Test
    void the_routes_are_the_methods_of_the_resources() {
        Set<String> routes = Stream.of(Route.values())
                .flatMap(route -> route.methods().stream().map(method -> method + " " + route.template()))
                .collect(toCollection(TreeSet::new));

        Set<String> calls = RESOURCES.stream().flatMap(RouteTest::calls).collect(toCollection(TreeSet::new));

        assertEquals(calls, routes);
    }

    @ParameterizedTest
    @CsvSource({
        "/customer_groups, GROUPS",
        "/customer_groups/a, GROUP",
        "/customer_groups/data, GROUP_SEARCH",
        "/customer_groups/a/customers, GROUP_MEMBERS",
        "/customers/data, CUSTOMER_SEARCH",
        "/customers/sns, CUSTOMER",
        "/customers/a/b, CUSTOMER_IN_GROUP",
        "/customers/{name}, CUSTOMER",
    })
    void a_path_has_the_route_with_the_same_segments(String path, Route route) {
        assertEquals(route, Route.of(BASE_PATH + path).get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/nope",
                "/customers/",
                "//customers",
                "/customers/a/",
                "/customers//a",
                "/customers/a/b/c",
                "/customers/a/sns",
                "/customers/a/sns/b",
                "/customer_groups/a/b",
                "/customer_groups//customers",
            })
    void a_path_with_other_segments_has_no_route(String path) {
        assertEquals(List.of(), Route.of(BASE_PATH + path));
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
