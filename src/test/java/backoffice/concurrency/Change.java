package backoffice.concurrency;

import backoffice.testsupport.Api;
import backoffice.testsupport.Vendors;
import io.restassured.RestAssured;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A call that changes data under the names of the {@link CallRunner}, so that any two of them can collide. */
record Change(String title, String method, String path, String body, String idempotencyKey) {

    static final int SIZE = 24;

    static final List<Change> ALL = List.of(
            new Change("create n", "POST", "/customer_groups", "{\"name\":\"n\"}"),
            new Change("create a", "POST", "/customer_groups", "{\"name\":\"a\"}"),
            rename("PATCH", "a", "n"),
            rename("POST", "b", "n"),
            rename("PATCH", "a", "b"),
            rename("POST", "b", "a"),
            rename("PATCH", "e", "a"),
            new Change("delete group e", "DELETE", "/customer_groups/e", null),
            new Change("delete group a", "DELETE", "/customer_groups/a", null),
            members("move a's x to e", "POST", "e", up(i -> key("x", i, "a"))),
            members("move b's x to e, down", "POST", "e", down(i -> key("x", i, "b"))),
            members("move b's x to a", "POST", "a", up(i -> key("x", i, "b"))),
            members("add x to e", "POST", "e", up(i -> key("x", i, null))),
            members("add x to e, down", "POST", "e", down(i -> key("x", i, null))),
            members("add x to a", "POST", "a", up(i -> key("x", i, null))),
            members("add z to e", "POST", "e", up(i -> key("z", i, null))),
            members("add z and w to e in turn", "POST", "e", up(i -> key(i % 2 == 0 ? "z" : "w", i, null))),
            members("add z to a, down", "POST", "a", down(i -> key("z", i, null))),
            members("take x out of a", "DELETE", "a", up(i -> key("x", i, null))),
            members("take x out of b, down", "DELETE", "b", down(i -> key("x", i, null))),
            members("take x out of e", "DELETE", "e", up(i -> key("x", i, "e"))),
            post("x, referenceIds q", up(i -> customer("x", i, null, reference("q", i)))),
            post("a's x, referenceIds turned, down", down(i -> customer("x", i, "a", reference("r", (i + 1) % SIZE)))),
            post("e's x, referenceIds r", up(i -> customer("x", i, "e", reference("r", i)))),
            post("b's and e's x in turn, no referenceIds", down(i -> customer("x", i, i % 2 == 0 ? "b" : "e", ""))),
            post(
                    "a's x, half with referenceIds q, no regDate",
                    up(i -> "{%s%s}".formatted(place("x", i, "a"), i % 2 == 0 ? reference("q", i) : ""))),
            post("z and new w in turn", down(i -> customer(i % 2 == 0 ? "z" : "w", i, null, ""))),
            patch("a's x", up(i -> customer("x", i, "a", ""))),
            patch("a's x, referenceIds swapped, down", down(i -> customer("x", i, "a", reference("r", i ^ 1)))),
            patch("a's x, referenceIds cleared", up(i -> customer("x", i, "a", ",\"referenceId\":null"))),
            patch("z, referenceIds r", down(i -> customer("z", i, null, reference("r", i)))),
            patch("a's x, renamed to z", up(i -> customer("x", i, "a", newName("z", i)))),
            patch("a's x, renamed to z, down", down(i -> customer("x", i, "a", newName("z", i)))),
            patch("z, renamed to x and w in turn", up(i -> customer("z", i, null, newName(i % 2 == 0 ? "x" : "w", i)))),
            delete("a's x", up(i -> key("x", i, "a"))),
            delete("e's x, down", down(i -> key("x", i, "e"))),
            delete("z and a's x in turn", down(i -> i % 2 == 0 ? key("z", i, null) : key("x", i, "a"))),
            new Change("delete a's x10", "DELETE", "/customers/a/x10", null),
            new Change("delete e's x10", "DELETE", "/customers/e/x10", null),
            new Change("delete n's x10", "DELETE", "/customers/n/x10", null),
            new Change("delete x10", "DELETE", "/customers/x10", null),
            new Change("delete z10", "DELETE", "/customers/z10", null),
            members("add x to e", "POST", "e", up(i -> key("x", i, null))).with("1"),
            patch("a's x", up(i -> customer("x", i, "a", ""))).with("1"),
            new Change("delete a's x10", "DELETE", "/customers/a/x10", null).with("1"),
            rename("PATCH", "a", "n").with("2"),
            new Change("delete group e", "DELETE", "/customer_groups/e", null).with("2"));

    // The JDK client is faster than REST Assured, so that the calls overlap in the service and not in the client.
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Change(String title, String method, String path, String body) {
        this(title, method, path, body, null);
    }

    Change with(String key) {
        return new Change(title + ", key " + key, method, path, body, key);
    }

    Answer send() {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + Api.BASE_PATH + path))
                .header("bitkey", Vendors.ACME)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (idempotencyKey != null) {
            request.header("x-bit-req-id", idempotencyKey);
        }
        return Unchecked.supplier(() -> Answer.of(CLIENT.send(request.build(), BodyHandlers.ofString())))
                .get();
    }

    /** The answer of a call, without the parts that differ in each run. A stored response is replayed. */
    record Answer(int code, boolean replayed, String body) {

        private static Answer of(HttpResponse<String> response) {
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("x-bit-req-replayed").isPresent(),
                    response.body()
                            .replaceAll(
                                    "\"regDate\":\"" + CallRunner.CURRENT_CENTURY + "[^\"]*\"", "\"regDate\":\"now\""));
        }
    }

    @Override
    public String toString() {
        return title;
    }

    /** Each pair of calls, also of a call with itself, in a list that can be shuffled. */
    static List<List<Change>> pairs() {
        return IntStream.range(0, ALL.size())
                .boxed()
                .flatMap(i -> ALL.subList(i, ALL.size()).stream().map(other -> List.of(ALL.get(i), other)))
                .collect(Collectors.toList());
    }

    /** The change with this title and without an idempotency key. */
    static Change named(String title) {
        return ALL.stream()
                .filter(change -> change.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static Change rename(String method, String name, String newName) {
        return new Change(
                "rename %s to %s".formatted(name, newName),
                method,
                "/customer_groups/" + name,
                "{\"name\":\"%s\"}".formatted(newName));
    }

    private static Change members(String title, String method, String group, String batch) {
        return new Change(title, method, "/customer_groups/" + group + "/customers", batch);
    }

    private static Change post(String title, String batch) {
        return customers("post " + title, "POST", batch);
    }

    private static Change patch(String title, String batch) {
        return customers("patch " + title, "PATCH", batch);
    }

    private static Change delete(String title, String batch) {
        return customers("delete " + title, "DELETE", batch);
    }

    private static Change customers(String title, String method, String batch) {
        // Each batch writes its own city, so that a row shows which batch wrote it.
        return new Change(title, method, "/customers", batch.replace("\"city\":\"\"", "\"city\":\"" + title + "\""));
    }

    private static String customer(String prefix, int number, String group, String more) {
        return "{%s,\"regDate\":\"1999-01-01 00:00:00\",\"city\":\"\"%s}".formatted(place(prefix, number, group), more);
    }

    private static String reference(String prefix, int number) {
        return ",\"referenceId\":\"%s%d\"".formatted(prefix, number);
    }

    private static String newName(String prefix, int number) {
        return ",\"newName\":\"%s%02d\"".formatted(prefix, number);
    }

    private static String key(String prefix, int number, String group) {
        return "{" + place(prefix, number, group) + "}";
    }

    private static String place(String prefix, int number, String group) {
        return "\"name\":\"%s%02d\"".formatted(prefix, number)
                + (group == null ? "" : ",\"groupName\":\"%s\"".formatted(group));
    }

    private static String up(IntFunction<String> entry) {
        return Api.batch(0, SIZE, entry);
    }

    private static String down(IntFunction<String> entry) {
        return up(i -> entry.apply(SIZE - 1 - i));
    }
}
