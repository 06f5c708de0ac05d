package backoffice.group;

import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import io.restassured.response.ValidatableResponse;

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
}
