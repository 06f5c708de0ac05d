package backoffice.testsupport;

import org.junit.jupiter.api.BeforeEach;

/** The base of tests of the API. There are no groups, customers, stored responses and changes at first. */
public abstract class ApiTest {

    protected final Api api = Api.as(Vendors.ACME);

    @BeforeEach
    protected final void deleteAllRows() {
        Sql.clean();
    }

    protected final void createGroups(String... names) {
        for (String name : names) {
            api.post("/customer_groups", "{\"name\":\"" + name + "\"}").statusCode(200);
        }
    }
}
