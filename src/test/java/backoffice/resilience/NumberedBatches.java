package backoffice.resilience;

import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Batches of customers whose names begin with the number of their call. The database then shows which
 * calls were done, in whole or in part.
 *
 * @param size the number of customers in a batch
 */
record NumberedBatches(int size) {

    String body(int number) {
        return IntStream.range(0, size)
                .mapToObj(i -> "{\"name\":\"%d %d\"}".formatted(number, i))
                .collect(Collectors.joining(",", "[", "]"));
    }

    String countComplete() {
        return count("= " + size);
    }

    String countPartial() {
        return count("<> " + size);
    }

    /** Selects the number of these calls whose batch has no customer in the database. */
    static String countMissing(Collection<Integer> numbers) {
        String rows = numbers.stream().map(number -> "('" + number + "')").collect(Collectors.joining(","));
        return "select count(*) from (values " + rows + ") calls (number)"
                + " where number not in (select split_part(name, ' ', 1) from customer)";
    }

    private static String count(String customers) {
        return """
                select count(*) from (
                    select 1 from customer group by split_part(name, ' ', 1) having count(*) %s
                ) batches
                """.formatted(customers);
    }
}
