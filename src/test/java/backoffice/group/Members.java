package backoffice.group;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A client of the calls on the customers of a group (docs/api.md, section 4.1). */
record Members(Api api) {

    ValidatableResponse add(String group, String batch) {
        return api.post("/customer_groups/" + group + "/customers", batch);
    }

    ValidatableResponse remove(String group, String batch) {
        return api.delete("/customer_groups/" + group + "/customers", batch);
    }

    /** Asserts that the list of customers of a group is exactly this answer. */
    void list(String group, String answer) {
        api.get("/customer_groups/" + group + "/customers").statusCode(200).body(is(answer));
    }

    /** Creates groups, and customers, each as {@code group/name}, or as {@code /name} if it has no group. */
    void given(List<String> groups, String customers) {
        groups.forEach(group ->
                api.post("/customer_groups", "{\"name\":\"" + group + "\"}").statusCode(200));
        if (!customers.isEmpty()) {
            api.post("/customers", batch(customers)).statusCode(200);
        }
    }

    /** All customers in the order of the list, in the form of {@link #given}. */
    String all() {
        List<Map<String, String>> customers = api.get("/customers").extract().path("data.items");
        return customers.stream()
                .map(customer -> customer.getOrDefault("groupName", "") + "/" + customer.get("name"))
                .collect(joining(" "));
    }

    /** A batch of entries, each as {@code name} or as {@code groupName/name}. */
    static String batch(String entries) {
        return Stream.of(entries.split(" "))
                .map(entry -> entry.split("/"))
                .map(entry -> entry.length == 1
                        ? "{\"name\":\"%s\"}".formatted(entry[0])
                        : "{\"name\":\"%s\",\"groupName\":\"%s\"}".formatted(entry[1], entry[0]))
                .collect(joining(",", "[", "]"));
    }
}
