package backoffice.cluster;

import backoffice.testsupport.Api;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A client that changes its own groups and customers, one after the other, and knows what is stored after each change. It
 * repeats a call with 5001 with the same idempotency key until it is done.
 */
final class KnownWriter implements Runnable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CUSTOMERS = 10;

    /** A customer that is stored. The group is null for none. */
    private record Stored(String group, String city) {}

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final String bitkey;
    private final String prefix;
    private final Random random;
    private final TreeSet<String> groups = new TreeSet<>();
    private final TreeMap<String, Stored> customers = new TreeMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean open = true;
    private volatile int calls;
    private volatile int refused;
    private int names;

    KnownWriter(int port, String bitkey, String prefix, int seed) {
        this.url = "http://localhost:" + port + Api.BASE_PATH;
        this.bitkey = bitkey;
        this.prefix = prefix;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        try {
            createGroup();
            createGroup();
            while (open) {
                change();
            }
        } catch (IOException | InterruptedException e) {
            wrong.add(e.toString());
        }
    }

    /** Ends the writer after its current change. */
    void close() {
        open = false;
    }

    /** The number of calls that are done. */
    int calls() {
        return calls;
    }

    /** The number of answers with 5001. */
    int refused() {
        return refused;
    }

    /** The answers that are not true, with what is stored. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    TreeSet<String> groups() {
        return groups;
    }

    /** The cities of the customers, by group and name. */
    Map<String, String> cities() {
        return customers.entrySet().stream()
                .collect(Collectors.toMap(
                        customer -> (customer.getValue().group == null ? "" : customer.getValue().group) + "/"
                                + customer.getKey(),
                        customer -> customer.getValue().city));
    }

    private void change() throws IOException, InterruptedException {
        String group = any(groups);
        switch (random.nextInt(8)) {
            case 0, 1 -> write("POST", some(customer -> true));
            case 2 -> write("PATCH", some(customers::containsKey));
            case 3 -> addTo(group, some(name -> customers.containsKey(name) && !group.equals(groupOf(name))));
            case 4 -> removeFrom(group, some(name -> group.equals(groupOf(name))));
            case 5 -> rename(group);
            case 6 -> delete(some(customers::containsKey));
            default -> replace(group);
        }
        check();
    }

    /** Up to three of the names for which a condition holds. */
    private List<String> some(Predicate<String> condition) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            all.add(prefix + "c" + i);
        }
        Collections.shuffle(all, random);
        return all.stream().filter(condition).limit(3).toList();
    }

    private String any(TreeSet<String> set) {
        return List.copyOf(set).get(random.nextInt(set.size()));
    }

    private String groupOf(String customer) {
        return customers.containsKey(customer) ? customers.get(customer).group : null;
    }

    private void write(String method, List<String> names) throws IOException, InterruptedException {
        Map<String, Stored> after = new TreeMap<>();
        for (String name : names) {
            String group = customers.containsKey(name) ? groupOf(name) : random.nextBoolean() ? any(groups) : null;
            after.put(name, new Stored(group, String.valueOf(random.nextInt(1000))));
        }
        if (!after.isEmpty()) {
            String batch = after.entrySet().stream()
                    .map(e -> "{%s,\"city\":\"%s\"}".formatted(key(e.getKey(), e.getValue().group), e.getValue().city))
                    .collect(Collectors.joining(",", "[", "]"));
            send(method, "/customers", batch);
            customers.putAll(after);
        }
    }

    private void addTo(String group, List<String> names) throws IOException, InterruptedException {
        if (!names.isEmpty()) {
            send("POST", "/customer_groups/" + group + "/customers", keys(names));
            names.forEach(name -> customers.computeIfPresent(name, (key, now) -> new Stored(group, now.city)));
        }
    }

    private void removeFrom(String group, List<String> names) throws IOException, InterruptedException {
        if (!names.isEmpty()) {
            send("DELETE", "/customer_groups/" + group + "/customers", keys(names));
            names.forEach(name -> customers.computeIfPresent(name, (key, now) -> new Stored(null, now.city)));
        }
    }

    private void rename(String group) throws IOException, InterruptedException {
        String name = newGroup();
        send("PATCH", "/customer_groups/" + group, "{\"name\":\"%s\"}".formatted(name));
        groups.remove(group);
        groups.add(name);
        customers.replaceAll((key, now) -> group.equals(now.group) ? new Stored(name, now.city) : now);
    }

    private void delete(List<String> names) throws IOException, InterruptedException {
        if (!names.isEmpty()) {
            send("DELETE", path(names.get(0)), "");
            customers.remove(names.get(0));
        }
    }

    /** Deletes a group, after its customers, and creates another one. */
    private void replace(String group) throws IOException, InterruptedException {
        removeFrom(
                group,
                customers.keySet().stream()
                        .filter(name -> group.equals(groupOf(name)))
                        .toList());
        send("DELETE", "/customer_groups/" + group, "");
        groups.remove(group);
        createGroup();
    }

    private void createGroup() throws IOException, InterruptedException {
        String name = newGroup();
        send("POST", "/customer_groups", "{\"name\":\"%s\"}".formatted(name));
        groups.add(name);
    }

    private String newGroup() {
        return prefix + "g" + names++;
    }

    /** Reads a customer and a group that are stored. */
    private void check() throws IOException, InterruptedException {
        send("GET", "/customer_groups/" + any(groups), "");
        for (String name : some(customers::containsKey)) {
            String city = send("GET", path(name), "").at("/data/items/0/city").asText();
            if (!city.equals(customers.get(name).city)) {
                wrong.add("%s has city %s, not %s".formatted(path(name), city, customers.get(name).city));
            }
        }
    }

    private String path(String customer) {
        String group = groupOf(customer);
        return "/customers/" + (group == null ? "" : group + "/") + customer;
    }

    private String keys(List<String> names) {
        return names.stream()
                .map(name -> "{" + key(name, groupOf(name)) + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String key(String name, String group) {
        return "\"name\":\"%s\"".formatted(name) + (group == null ? "" : ",\"groupName\":\"%s\"".formatted(group));
    }

    private JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("bitkey", bitkey)
                .method(method, BodyPublishers.ofString(body));
        if (!method.equals("GET")) {
            request.header("x-bit-req-id", UUID.randomUUID().toString());
        }
        while (true) {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            calls++;
            if (response.statusCode() != 503) {
                if (response.statusCode() != 200) {
                    wrong.add("%s %s %s: %s".formatted(method, path, body, response.body()));
                }
                return JSON.readTree(response.body());
            }
            refused++;
        }
    }
}
