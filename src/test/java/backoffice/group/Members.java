package backoffice.group;

import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import io.restassured.response.ValidatableResponse;

/** The calls on a group's customers. */
record Members(Api api) {

    ValidatableResponse add(String group, String batch) {
        return api.post("/customer_groups/" + group + "/customers", batch);
    }

    ValidatableResponse remove(String group, String batch) {
        return api.delete("/customer_groups/" + group + "/customers", batch);
    }

    /** Checks what listing them answers, to the byte. */
    void list(String group, String answer) {
        api.get("/customer_groups/" + group + "/customers").statusCode(200).body(is(answer));
    }
}
