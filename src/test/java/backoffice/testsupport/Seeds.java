package backoffice.testsupport;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Random numbers of tests. {@code -Dtest.seed=7} repeats a test with the seed 7, which its failure or its output names. */
public final class Seeds {

    private static final Long GIVEN = Long.getLong("test.seed");

    private Seeds() {}

    /** Random numbers of a seed, which the output of the test names. */
    public static Random random(long usual) {
        long seed = GIVEN == null ? usual : GIVEN;
        System.out.println("-Dtest.seed=" + seed);
        return new Random(seed);
    }

    /** The seeds of the rounds of a test, one after the other. Its failures name the seed of their round. */
    public static List<Long> ofRounds(int rounds) {
        long first = GIVEN == null ? 0 : GIVEN;
        return LongStream.range(first, first + rounds).boxed().toList();
    }
}
