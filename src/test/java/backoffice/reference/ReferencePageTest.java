package backoffice.reference;

import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of the public reference page gets exactly the answer that the page shows. */
@QuarkusTest
public class ReferencePageTest {

    private final Api api = Api.as(Vendors.ACME);

    /**
     * An example of the page.
     *
     * @param groups the groups that exist before the request, with their customers
     * @param request the method and the path, separated by a space
     * @param body the body of the request, or null if there is none
     * @param response the body of the answer
     */
    record Example(String title, Map<String, List<String>> groups, String request, JsonNode body, String response) {

        @Override
        public String toString() {
            return title;
        }
    }

    static Stream<Example> examples() throws IOException {
        try (InputStream page = ReferencePageTest.class.getResourceAsStream("/reference/page.json")) {
            return new ObjectMapper().readValue(page, new TypeReference<List<Example>>() {}).stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_example_answers_what_the_page_shows(Example example) {
        Sql.clean();
        example.groups().forEach((group, customers) -> {
            api.post("/customer_groups", "{\"name\":\"" + group + "\"}").statusCode(200);
            customers.forEach(customer -> api.post(
                            "/customer_groups/" + Api.segment(group) + "/customers",
                            "[{\"name\":\"" + customer + "\"}]")
                    .statusCode(200));
        });

        String[] request = example.request().split(" ");
        ValidatableResponse answer = example.body() == null
                ? api.request().request(request[0], Api.BASE_PATH + request[1]).then()
                : api.send(request[0], request[1], example.body().toString());

        answer.statusCode(200).body(is(example.response()));
    }
}
