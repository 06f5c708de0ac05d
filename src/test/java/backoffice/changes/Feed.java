package backoffice.changes;

import backoffice.testsupport.Api;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client of the feed of changes and of the history, with the bitkey of one vendor. */
record Feed(String bitkey) {

    /** Events as clients read them. */
    record Events(List<Map<String, Object>> items) {

        /** The id of the last event. */
        String cursor() {
            return (String) items.get(items.size() - 1).get("id");
        }

        /** Each event in one line: type, state before and state after. */
        List<String> lines() {
            return items.stream().map(Events::line).toList();
        }

        Object last(String attribute) {
            return items.get(items.size() - 1).get(attribute);
        }

        private static String line(Map<String, Object> event) {
            Map<?, ?> data = (Map<?, ?>) event.get("data");
            return Stream.of("before", "after")
                    .map(state -> place((Map<?, ?>) data.get(state)))
                    .collect(Collectors.joining(
                            " > ", event.get("type").toString().substring(11) + ": ", ""));
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

    ValidatableResponse get(String pathAndQuery) {
        return get(RestAssured.port, pathAndQuery);
    }

    ValidatableResponse get(int port, String pathAndQuery) {
        return Api.as(bitkey)
                .request()
                .port(port)
                .get("/backoffice" + pathAndQuery)
                .then();
    }

    Events read(String pathAndQuery) {
        JsonPath body = get(pathAndQuery).statusCode(200).extract().jsonPath();
        return new Events(body.getList(""));
    }

    /** All changes from the start. */
    Events all() {
        return read("/changes?limit=1000");
    }

    /** The changes after a cursor that are there already. */
    Events after(String cursor) {
        return read("/changes?wait=0&after=" + cursor);
    }

    /** The cursor of the last change, from the header of an empty response. */
    String latest() {
        return get("/changes?after=latest")
                .statusCode(200)
                .extract()
                .header("Link")
                .replaceAll(".*after=([^&]*).*", "$1");
    }
}
