package backoffice.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.envelope.Envelope.Page;
import backoffice.envelope.PageRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ChangingListReaderTest {

    private static final int SPAN = 10_000;

    @RepeatedTest(200)
    void items_that_stay_in_the_list_are_read_despite_concurrent_changes(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
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

        untouched.removeAll(read);
        assertEquals(Set.of(), untouched);
    }

    @RepeatedTest(200)
    void an_unchanged_list_is_read_once_and_in_order(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
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

    @Test
    void a_source_with_pages_of_a_single_item_is_refused() {
        ChangingListReader<Integer> reader =
                new ChangingListReader<>(range -> new Page<>(5L, List.of(range.offset())), item -> item, 10);

        CommandException refused = assertThrows(CommandException.class, () -> reader.forEachPage((items, total) -> {}));

        assertThat(refused.getMessage(), containsString("single item"));
    }

    private static Page<Integer> page(Collection<Integer> list, PageRange range, int limit) {
        return new Page<>(
                (long) list.size(),
                list.stream()
                        .skip(range.offset())
                        .limit(Math.min(limit, range.limit()))
                        .toList());
    }
}
