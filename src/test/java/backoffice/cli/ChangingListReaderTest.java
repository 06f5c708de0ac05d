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
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangingListReaderTest {

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
    void customers_that_stay_are_read_despite_concurrent_changes_whether_pages_can_begin_at_names(Collation source) {
        for (long seed : Seeds.ofRounds(1000)) {
            Random random = new Random(seed);
            boolean byName = random.nextBoolean();
            int names = 1 + random.nextInt(Customer.NAMES.size());
            int limit = 2 + random.nextInt(49);
            TreeSet<Customer> list = customers(random, names, source);
            Set<Customer> untouched = new HashSet<>(list);
            // Most changes are few. One in ten deletes the whole list.
            Runnable change = () -> {
                int share = random.nextInt(10) == 0 ? 100 : 5;
                List<Customer> leaving = list.stream()
                        .filter(customer -> random.nextInt(100) < share)
                        .toList();
                leaving.forEach(list::remove);
                leaving.forEach(untouched::remove);
                IntStream.range(0, random.nextInt(5)).forEach(i -> list.add(Customer.random(random, names)));
            };

            List<Customer> read = new ArrayList<>();
            new ChangingListReader(
                            (from, range) -> {
                                Page<JsonNode> page = page(byName ? source.from(from, list) : list, range, limit);
                                if (random.nextInt(3) == 0) {
                                    change.run();
                                }
                                return page;
                            },
                            byName,
                            limit)
                    .forEachPage(page -> read.addAll(customers(page)));

            untouched.removeAll(Set.copyOf(read));
            assertEquals(Set.of(), untouched, "seed " + seed);
            if (byName && source == Collation.CODE_POINTS) {
                assertEquals(Set.copyOf(read).size(), read.size(), "seed " + seed);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Collation.class)
    void an_unchanged_list_is_read_once_and_in_order_whether_pages_can_begin_at_names(Collation source) {
        for (long seed : Seeds.ofRounds(1000)) {
            Random random = new Random(seed);
            boolean byName = random.nextBoolean();
            List<Customer> list = List.copyOf(customers(random, 1 + random.nextInt(Customer.NAMES.size()), source));
            int limit = 2 + random.nextInt(49);
            int most = Math.min(limit, 2 + random.nextInt(49));
            List<Customer> read = new ArrayList<>();
            Set<Long> totals = new HashSet<>();

            long missing = new ChangingListReader(
                            (from, range) -> page(byName ? source.from(from, list) : list, range, most), byName, limit)
                    .forEachPage(page -> {
                        read.addAll(customers(page));
                        totals.add(page.total());
                    });

            assertEquals(list, read, "seed " + seed);
            assertEquals(Set.of((long) list.size()), totals, "seed " + seed);
            assertEquals(0, missing);
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
        List<Customer> list = List.of(new Customer("a", 1), new Customer("b", 2), new Customer("c", 3));
        ChangingListReader reader = new ChangingListReader((from, range) -> page(list, range, 1), false, 10);

        CommandException refused = assertThrows(CommandException.class, () -> reader.forEachPage(page -> {}));

        assertThat(refused.getMessage(), containsString("single item"));
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
