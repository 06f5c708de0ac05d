package backoffice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.envelope.Envelope.Page;
import backoffice.pagination.PageRange;
import backoffice.testsupport.Seeds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangingListReaderTest {

    private static final int SPAN = 10_000;

    @Test
    void items_that_stay_in_the_list_are_read_despite_concurrent_changes() {
        for (long seed : Seeds.ofRounds(200)) {
            Random random = new Random(seed);
            int limit = 2 + random.nextInt(49);
            TreeSet<Integer> list = new TreeSet<>();
            random.ints(random.nextInt(301), 0, SPAN).forEach(list::add);
            TreeSet<Integer> untouched = new TreeSet<>(list);
            // Most changes affect a small range at a random place. One in ten may delete a large part of the list.
            Runnable changeList = () -> {
                int from = random.nextInt(SPAN);
                int to = from + random.nextInt(random.nextInt(10) == 0 ? SPAN : 200);
                list.subSet(from, to).clear();
                untouched.subSet(from, to).clear();
                random.ints(random.nextInt(3), 0, SPAN).forEach(list::add);
            };

            Set<Integer> read = new HashSet<>();
            BiFunction<String, PageRange, Page<JsonNode>> reader = (from, range) -> {
                Page<JsonNode> page = page(numbered(list), range, limit);
                if (random.nextInt(3) == 0) {
                    changeList.run();
                }
                return page;
            };
            new ChangingListReader(reader, false, limit)
                    .forEachPage(page -> customers(page).forEach(item -> read.add(item.group())));

            untouched.removeAll(read);
            assertEquals(Set.of(), untouched, "seed " + seed);
        }
    }

    /** A source that sorts customers and finds those from a name on, as it understands both. */
    enum Collation {
        CODE_POINTS(Customer::utf8),
        LETTERS_WITHOUT_CASE(
                customer -> customer.name().toLowerCase(Locale.ROOT).getBytes(UTF_8)),
        NONE(customer -> new byte[0]);

        private final Function<Customer, byte[]> key;

        Collation(Function<Customer, byte[]> key) {
            this.key = key;
        }

        Comparator<Customer> order() {
            Comparator<Customer> byName = (a, b) -> Arrays.compareUnsigned(key.apply(a), key.apply(b));
            return byName.thenComparing(Customer::group).thenComparing(Customer::name);
        }

        List<Customer> from(String name, Collection<Customer> list) {
            byte[] first = key.apply(new Customer(name, 0));
            return list.stream()
                    .filter(customer -> Arrays.compareUnsigned(key.apply(customer), first) >= 0)
                    .toList();
        }
    }

    record Customer(String name, int group) {

        private static final List<String> NAMES =
                List.of("A", "B", "a", "aa", "b", "\uFFFD", "\uD83D\uDE00", "\uD83D\uDE00 1");

        static Customer random(Random random, int names) {
            return new Customer(NAMES.get(random.nextInt(names)), random.nextInt(200));
        }

        JsonNode json() {
            return JsonNodeFactory.instance.objectNode().put("name", name).put("groupName", "" + group);
        }

        byte[] utf8() {
            return name.getBytes(UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource(Collation.class)
    void customers_that_stay_are_read_from_name_to_name_despite_concurrent_changes(Collation source) {
        for (long seed : Seeds.ofRounds(500)) {
            Random random = new Random(seed);
            int names = 1 + random.nextInt(Customer.NAMES.size());
            int limit = 2 + random.nextInt(49);
            TreeSet<Customer> list = customers(random, names, source);
            Set<Customer> untouched = new HashSet<>(list);
            List<Customer> read = new ArrayList<>();

            new ChangingListReader(
                            (from, range) -> {
                                Page<JsonNode> page = page(source.from(from, list), range, limit);
                                if (random.nextInt(3) == 0) {
                                    int share = random.nextInt(10) == 0 ? 100 : 5;
                                    List<Customer> leaving = list.stream()
                                            .filter(customer -> random.nextInt(100) < share)
                                            .toList();
                                    leaving.forEach(list::remove);
                                    leaving.forEach(untouched::remove);
                                    IntStream.range(0, random.nextInt(5))
                                            .forEach(i -> list.add(Customer.random(random, names)));
                                }
                                return page;
                            },
                            true,
                            limit)
                    .forEachPage(page -> read.addAll(customers(page)));

            untouched.removeAll(Set.copyOf(read));
            assertEquals(Set.of(), untouched, "seed " + seed);
            if (source == Collation.CODE_POINTS) {
                assertEquals(Set.copyOf(read).size(), read.size(), "seed " + seed);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Collation.class)
    void an_unchanged_list_is_read_once_and_in_order_whether_pages_can_begin_at_names(Collation source) {
        for (long seed : Seeds.ofRounds(500)) {
            Random random = new Random(seed);
            List<Customer> list = List.copyOf(customers(random, 1 + random.nextInt(Customer.NAMES.size()), source));
            int limit = 2 + random.nextInt(49);
            int sourceLimit = 2 + random.nextInt(49);
            for (boolean byName : List.of(true, false)) {
                List<Customer> read = new ArrayList<>();
                Set<Long> totals = new HashSet<>();

                long missing = new ChangingListReader(
                                (from, range) -> page(
                                        byName ? source.from(from, list) : list, range, Math.min(limit, sourceLimit)),
                                byName,
                                limit)
                        .forEachPage(page -> {
                            read.addAll(customers(page));
                            totals.add(page.total());
                        });

                assertEquals(list, read, "seed " + seed);
                assertEquals(Set.of((long) list.size()), totals, "seed " + seed);
                assertEquals(0, missing);
            }
        }
    }

    @Test
    void no_page_of_a_list_by_name_is_further_behind_than_the_customers_of_one_name() {
        String names = "a" + "b".repeat(250) + "cc" + "d".repeat(100);
        List<Customer> list = IntStream.range(0, names.length())
                .mapToObj(i -> new Customer(names.substring(i, i + 1), i))
                .toList();
        List<String> requests = new ArrayList<>();

        new ChangingListReader(
                        (from, range) -> {
                            requests.add(from + " " + range.offset());
                            return page(Collation.CODE_POINTS.from(from, list), range, 100);
                        },
                        true,
                        100)
                .forEachPage(page -> {});

        assertEquals(List.of(" 0", "b 0", "b 99", "b 198", "d 0"), requests);
    }

    private static TreeSet<Customer> customers(Random random, int names, Collation source) {
        TreeSet<Customer> list = new TreeSet<>(source.order());
        IntStream.range(0, random.nextInt(400)).forEach(i -> list.add(Customer.random(random, names)));
        return list;
    }

    @Test
    void a_source_with_pages_of_a_single_item_is_refused() {
        ChangingListReader reader =
                new ChangingListReader((from, range) -> page(numbered(List.of(1, 2, 3, 4, 5)), range, 1), false, 10);

        CommandException refused = assertThrows(CommandException.class, () -> reader.forEachPage(page -> {}));

        assertThat(refused.getMessage(), containsString("single item"));
    }

    private static List<Customer> numbered(Collection<Integer> numbers) {
        return numbers.stream().map(number -> new Customer("", number)).toList();
    }

    private static List<Customer> customers(Page<JsonNode> page) {
        return page.items().stream()
                .map(item -> new Customer(
                        item.get("name").asText(), item.get("groupName").asInt()))
                .toList();
    }

    private static Page<JsonNode> page(Collection<Customer> list, PageRange range, int limit) {
        return new Page<>(
                (long) list.size(),
                list.stream()
                        .skip(range.offset())
                        .limit(Math.min(limit, range.limit()))
                        .map(Customer::json)
                        .toList());
    }
}
