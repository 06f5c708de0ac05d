package backoffice.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.testsupport.SeededTest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangingListReaderTest {

    private static final int SPAN = 10_000;
    private static final int LISTS_OF_A_SEED = 10;

    @SeededTest
    void what_is_in_the_list_from_the_first_page_to_the_last_is_handed_over_whatever_comes_and_goes_meanwhile(
            long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < LISTS_OF_A_SEED; i++) {
            walkWhileOthersChangeTheList(random, random.nextInt(301), 2 + random.nextInt(49));
        }
    }

    private static void walkWhileOthersChangeTheList(Random random, int size, int limit) {
        TreeSet<Integer> list = new TreeSet<>();
        random.ints(size, 0, SPAN).forEach(list::add);
        TreeSet<Integer> untouched = new TreeSet<>(list);
        // Most changes are ahead of the walk or behind it by chance; some go for a whole part of the list.
        Runnable others = () -> {
            int from = random.nextInt(SPAN);
            int to = from + random.nextInt(random.nextInt(10) == 0 ? SPAN : 200);
            list.subSet(from, to).clear();
            untouched.subSet(from, to).clear();
            random.ints(random.nextInt(3), 0, SPAN).forEach(list::add);
        };
        Set<Integer> read = new HashSet<>();

        new ChangingListReader<Integer>(
                        range -> {
                            Page<Integer> page = page(list, range, limit);
                            if (random.nextInt(3) == 0) {
                                others.run();
                            }
                            return page;
                        },
                        item -> item,
                        limit)
                .forEachPage((items, total) -> read.addAll(items));

        assertEquals(
                List.of(), untouched.stream().filter(i -> !read.contains(i)).toList());
    }

    @SeededTest
    void a_list_that_nobody_changes_is_handed_over_once_and_in_its_order(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < LISTS_OF_A_SEED; i++) {
            walkAlone(random.nextInt(501), 2 + random.nextInt(99), 2 + random.nextInt(99));
        }
    }

    private static void walkAlone(int size, int limit, int mostOfSource) {
        List<Integer> list = IntStream.range(0, size).boxed().toList();
        List<Integer> read = new ArrayList<>();

        long missing = new ChangingListReader<Integer>(
                        range -> page(list, range, Math.min(limit, mostOfSource)), item -> item, limit)
                .forEachPage((items, total) -> {
                    assertEquals(size, total);
                    read.addAll(items);
                });

        assertEquals(list, read);
        assertEquals(0, missing);
    }

    @Test
    void a_source_that_gives_single_items_is_refused_since_no_page_could_begin_with_the_end_of_the_one_before() {
        ChangingListReader<Integer> walk =
                new ChangingListReader<>(range -> new Page<>(5L, List.of(range.offset())), item -> item, 10);

        SourceException refused = assertThrows(SourceException.class, () -> walk.forEachPage((items, total) -> {}));

        assertThat(refused.getMessage(), containsString("single item"));
    }

    @Test
    void what_a_source_says_to_have_and_never_gives_is_told() {
        List<Integer> read = new ArrayList<>();
        ChangingListReader<Integer> deafToOffsets =
                new ChangingListReader<>(range -> new Page<>(10L, List.of(1, 2, 3)), item -> item, 3);

        long missing = deafToOffsets.forEachPage((items, total) -> read.addAll(items));

        assertEquals(List.of(1, 2, 3), read);
        assertEquals(7, missing);
    }

    private static Page<Integer> page(Collection<Integer> list, PageRange range, int limit) {
        List<Integer> all = new ArrayList<>(list);
        int from = Math.min(range.offset(), all.size());
        return new Page<>(
                (long) all.size(),
                List.copyOf(all.subList(from, Math.min(all.size(), from + Math.min(limit, range.limit())))));
    }
}
