package backoffice.resilience;

import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Batches of customers whose names begin with the number of their call, so that the database tells which calls were done,
 * and whether whole.
 *
 * @param size how many customers each has
 */
record NumberedBatches(int size) {

    /** The body that creates the customers of a call. */
    String body(int number) {
        return IntStream.range(0, size)
                .mapToObj(i -> "{\"name\":\"%d %d\"}".formatted(number, i))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Selects how many are there whole. */
    String countWhole() {
        return count("= " + size);
    }

    /** Selects how many are there in part. */
    String countHalf() {
        return count("<> " + size);
    }

    /** Selects of how many of these calls no customer is there. */
    static String countMissing(Collection<Integer> numbers) {
        String rows = numbers.stream().map(number -> "('" + number + "')").collect(Collectors.joining(","));
        return "select count(*) from (values " + rows + ") calls (number)"
                + " where number not in (select split_part(name, ' ', 1) from customer)";
    }

    private static String count(String customers) {
        return """
                select count(*) from (select from customer group by split_part(name, ' ', 1) having count(*) %s) batches
                """.formatted(customers);
    }
}
