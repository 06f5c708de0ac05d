package backoffice.history;

import backoffice.testsupport.Api;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client of the history, with the bitkey of one vendor. */
record History(String bitkey) {

    ValidatableResponse get(String query) {
        return Api.as(bitkey).get("/backoffice/history" + query);
    }

    /** A page of changes. */
    List<Map<String, Object>> read(String query) {
        return get(query).statusCode(200).extract().path("data.items");
    }

    /** Each change of a page in one line: type, state before and state after. */
    List<String> lines(String query) {
        return read(query).stream().map(History::line).toList();
    }

    private static String line(Map<String, Object> change) {
        return Stream.of("before", "after")
                .map(state -> place((Map<?, ?>) change.get(state)))
                .collect(Collectors.joining(" > ", change.get("type") + ": ", ""));
    }

    private static String place(Map<?, ?> item) {
        if (item == null) {
            return "-";
        }
        return item.get("groupName") == null
                ? item.get("name").toString()
                : item.get("groupName") + "/" + item.get("name");
    }
}
