package backoffice.cluster;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import backoffice.testsupport.Api;
import io.restassured.response.ValidatableResponse;
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
import java.util.stream.IntStream;

/**
 * A client that changes its own groups and customers, one after the other, and knows what is stored after each change. It
 * repeats a call with 5001 with the same idempotency key until it is done.
 */
final class KnownWriter implements Runnable {

    private static final int CUSTOMERS = 10;

    /** A customer that is stored. The group is empty for none. */
    private record Stored(String group, String city) {}

    private final Api api;
    private final String prefix;
    private final Random random;
    private final TreeMap<String, Stored> customers = new TreeMap<>();
    private volatile boolean open = true;
    private int names;

    final TreeSet<String> groups = new TreeSet<>();

    /** The answers that are not true, with what is stored. */
    final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    /** The number of calls that are done, and how many of them got 5001. */
    volatile int calls;

    volatile int refused;

    KnownWriter(String bitkey, String prefix, int seed) {
        this.api = Api.as(bitkey);
        this.prefix = prefix;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        try {
            createGroup();
            createGroup();
            while (open) {
                change(List.copyOf(groups).get(random.nextInt(groups.size())));
                check();
            }
        } catch (RuntimeException e) {
            wrong.add(e.toString());
        }
    }

    /** Ends the writer after its current change. */
    void close() {
        open = false;
    }

    /** The cities of the customers, by group and name. */
    Map<String, String> cities() {
        return customers.entrySet().stream()
                .collect(toMap(each -> each.getValue().group + "/" + each.getKey(), each -> each.getValue().city));
    }

    private void change(String group) {
        switch (random.nextInt(8)) {
            case 0, 1 -> write("POST", group, some(name -> true));
            case 2 -> write("PATCH", group, some(customers::containsKey));
            case 3 -> move("POST", group, some(name -> customers.containsKey(name) && !isIn(group, name)), group);
            case 4 -> move("DELETE", group, some(name -> isIn(group, name)), "");
            case 5 -> rename(group);
            case 6 -> some(customers::containsKey).stream().limit(1).forEach(this::delete);
            default -> {
                List<String> members = List.copyOf(customers.keySet()).stream()
                        .filter(name -> isIn(group, name))
                        .toList();
                move("DELETE", group, members, "");
                send("DELETE", "/customer_groups/" + group, "");
                groups.remove(group);
                createGroup();
            }
        }
    }

    /** Up to three of the names for which a condition holds. */
    private List<String> some(Predicate<String> condition) {
        List<String> all = new ArrayList<>(
                IntStream.range(0, CUSTOMERS).mapToObj(i -> prefix + "c" + i).toList());
        Collections.shuffle(all, random);
        return all.stream().filter(condition).limit(3).toList();
    }

    private boolean isIn(String group, String customer) {
        return customers.containsKey(customer) && customers.get(customer).group.equals(group);
    }

    private void write(String method, String group, List<String> names) {
        if (!names.isEmpty()) {
            names.forEach(name -> customers.put(
                    name,
                    new Stored(
                            customers.containsKey(name) ? customers.get(name).group : random.nextBoolean() ? group : "",
                            String.valueOf(random.nextInt(1000)))));
            send(method, "/customers", batch(names, true));
        }
    }

    private void move(String method, String group, List<String> names, String after) {
        if (!names.isEmpty()) {
            send(method, "/customer_groups/" + group + "/customers", batch(names, false));
            names.forEach(name -> customers.computeIfPresent(name, (key, now) -> new Stored(after, now.city)));
        }
    }

    private void rename(String group) {
        String name = prefix + "g" + names++;
        send("PATCH", "/customer_groups/" + group, "{\"name\":\"%s\"}".formatted(name));
        groups.remove(group);
        groups.add(name);
        customers.replaceAll((key, now) -> group.equals(now.group) ? new Stored(name, now.city) : now);
    }

    private void delete(String customer) {
        send("DELETE", path(customer), "");
        customers.remove(customer);
    }

    private void createGroup() {
        String name = prefix + "g" + names++;
        send("POST", "/customer_groups", "{\"name\":\"%s\"}".formatted(name));
        groups.add(name);
    }

    /** Reads groups and customers that are stored. */
    private void check() {
        send("GET", "/customer_groups/" + groups.first(), "");
        for (String name : some(customers::containsKey)) {
            String city = send("GET", path(name), "").extract().path("data.items[0].city");
            if (!customers.get(name).city.equals(city)) {
                wrong.add("%s has city %s, not %s".formatted(path(name), city, customers.get(name)));
            }
        }
    }

    private String path(String customer) {
        return ("/customers/" + customers.get(customer).group + "/" + customer).replace("//", "/");
    }

    private String batch(List<String> names, boolean withCity) {
        return names.stream()
                .map(name -> {
                    Stored stored = customers.get(name);
                    return "{\"name\":\"" + name
                            + (stored.group.isEmpty() ? "" : "\",\"groupName\":\"" + stored.group)
                            + (withCity ? "\",\"city\":\"" + stored.city : "") + "\"}";
                })
                .collect(joining(",", "[", "]"));
    }

    private ValidatableResponse send(String method, String path, String body) {
        Api once = api.with("x-bit-req-id", UUID.randomUUID().toString());
        while (true) {
            ValidatableResponse answer = method.equals("GET") ? api.get(path) : once.send(method, path, body);
            int code = answer.extract().statusCode();
            calls++;
            if (code != 503) {
                if (code != 200) {
                    wrong.add("%s %s %s: %s"
                            .formatted(method, path, body, answer.extract().asString()));
                }
                return answer;
            }
            refused++;
        }
    }
}
