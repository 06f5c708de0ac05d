package backoffice.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.envelope.Envelope.Page;
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
    void items_that_stay_in_the_list_are_read_despite_concurrent_changes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < LISTS_OF_A_SEED; i++) {
            readWhileListChanges(random, 2 + random.nextInt(49));
        }
    }

    private static void readWhileListChanges(Random random, int limit) {
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

        new ChangingListReader<Integer>(
                        range -> {
                            Page<Integer> page = page(list, range, limit);
                            if (random.nextInt(3) == 0) {
                                changeList.run();
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
    void an_unchanged_list_is_read_once_and_in_order(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < LISTS_OF_A_SEED; i++) {
            List<Integer> list = IntStream.range(0, random.nextInt(501)).boxed().toList();
            int limit = 2 + random.nextInt(99);
            int sourceLimit = 2 + random.nextInt(99);
            List<Integer> read = new ArrayList<>();

            long missing = new ChangingListReader<Integer>(
                            range -> page(list, range, Math.min(limit, sourceLimit)), item -> item, limit)
                    .forEachPage((items, total) -> {
                        assertEquals(list.size(), total);
                        read.addAll(items);
                    });

            assertEquals(list, read);
            assertEquals(0, missing);
        }
    }

    @Test
    void a_source_with_pages_of_a_single_item_is_refused() {
        ChangingListReader<Integer> reader =
                new ChangingListReader<>(range -> new Page<>(5L, List.of(range.offset())), item -> item, 10);

        CommandException refused = assertThrows(CommandException.class, () -> reader.forEachPage((items, total) -> {}));

        assertThat(refused.getMessage(), containsString("single item"));
    }

    private static Page<Integer> page(Collection<Integer> list, PageRange range, int limit) {
        List<Integer> all = new ArrayList<>(list);
        int from = Math.min(range.offset(), all.size());
        return new Page<>(
                (long) all.size(),
                List.copyOf(all.subList(from, Math.min(all.size(), from + Math.min(limit, range.limit())))));
    }
}
