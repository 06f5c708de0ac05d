package backoffice.resilience;

import backoffice.testsupport.Api;
import java.util.Collection;
import java.util.stream.Collectors;

/** Batches of customers whose names tell the number of their call, so that the database shows what was done. */
final class NumberedBatches {

    /** The number of customers in a batch. */
    static final int SIZE = 10;

    /** Select the numbers of calls that were done as a whole, and in part. */
    static final String COUNT_COMPLETE = count("= " + SIZE);

    static final String COUNT_PARTIAL = count("<> " + SIZE);

    private NumberedBatches() {}

    static String body(int number) {
        return Api.batch(0, SIZE, i -> "{\"name\":\"%d %d\"}".formatted(number, i));
    }

    /** Selects the number of these calls whose batch has no customer in the database. */
    static String countMissing(Collection<Integer> numbers) {
        String rows = numbers.stream().map(number -> "('" + number + "')").collect(Collectors.joining(","));
        return "select count(*) from (values " + rows + ") calls (number)"
                + " where number not in (select split_part(name, ' ', 1) from customer)";
    }

    private static String count(String customers) {
        return "select count(*) from (select 1 from customer group by split_part(name, ' ', 1) having count(*) "
                + customers + ") batches";
    }
}
