package backoffice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer is never larger than what its call acquires before it reads: items times the size that {@link Route} has. */
@QuarkusTest
class LargestItemsTest extends ApiTest {

    private static final String GROUP = "😀".repeat(255);
    private static final String CUSTOMER = "😁".repeat(255);

    /** A control character has one byte as text and six bytes in JSON. */
    private static final String CONTROL_CHARACTER = "\\u0001";

    @BeforeEach
    void the_largest_group_and_customer() {
        String texts = texts(CONTROL_CHARACTER.repeat(255));
        String description = CONTROL_CHARACTER.repeat(2000);
        api.post("/customer_groups", "{\"name\":\"" + GROUP + "\"}").statusCode(200);
        api.post(
                        "/customers",
                        "[{\"name\":\"%s\",\"groupName\":\"%s\",\"description\":\"%s\"%s}]"
                                .formatted(CUSTOMER, GROUP, description, texts))
                .statusCode(200);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "GROUPS, GET, /customer_groups",
        "GROUP_SEARCH, POST, /customer_groups/data",
        "GROUP_MEMBERS, GET, /customer_groups/{group}/customers",
        "CUSTOMERS, GET, /customers",
        "CUSTOMERS, PATCH, /customers",
        "CUSTOMER_SEARCH, POST, /customers/data",
    })
    void the_size_of_an_item_is_that_of_the_largest_one(Route route, String method, String path) {
        String body =
                method.equals("PATCH") ? "[{\"name\":\"%s\",\"groupName\":\"%s\"}]".formatted(CUSTOMER, GROUP) : "{}";

        String answer = api.send(method, path.replace("{group}", Api.segment(GROUP)), method.equals("GET") ? "" : body)
                .statusCode(200)
                .extract()
                .asString();

        String item = answer.substring(answer.indexOf('[') + 1, answer.lastIndexOf(']')) + ",";
        assertEquals(route.itemBytes(), item.getBytes(StandardCharsets.UTF_8).length);
    }

    /** The members of a customer that have up to 255 characters, as they follow another member in JSON. */
    static String texts(String text) {
        return Stream.of(
                        "officeNumber",
                        "mobileNumber",
                        "email",
                        "address",
                        "city",
                        "country",
                        "postcode",
                        "contact",
                        "referenceId")
                .map(member -> ",\"%s\":\"%s\"".formatted(member, text))
                .collect(Collectors.joining());
    }
}
