package backoffice.search;

import backoffice.search.SearchRequest.Query;
import backoffice.search.SearchRequest.Sort;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the translation of searches to HQL, from the smallest search to the largest ones that the service accepts.
 * Results are microseconds for each translation.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HqlTranslatorBenchmark {

    private final SearchRequest prefix =
            new SearchRequest(List.of(new Query("name", "like", List.of("group%"))), List.of(new Sort("name", "desc")));
    private final SearchRequest severalConditions = new SearchRequest(
            List.of(
                    new Query("name", "like", List.of("a%", "b%")),
                    new Query("groupName", "is not null", null),
                    new Query("regDate", "between", List.of("2024-01-01", "2024-12-31 23:59:59"))),
            List.of(new Sort("groupName", "asc"), new Sort("name", "desc")));
    private final SearchRequest thousandValues = new SearchRequest(
            List.of(new Query(
                    "name",
                    "in",
                    IntStream.range(0, 1000).mapToObj(i -> "customer-" + i).toList())),
            null);
    private final SearchRequest thousandPatterns = new SearchRequest(
            List.of(new Query(
                    "name",
                    "like",
                    IntStream.range(0, 1000)
                            .mapToObj(i -> "customer-" + i + "%")
                            .toList())),
            null);

    @Benchmark
    public Hql emptySearch() {
        return HqlTranslator.translate(SearchRequest.EVERYTHING, Fields.GROUPS);
    }

    @Benchmark
    public Hql prefix() {
        return HqlTranslator.translate(prefix, Fields.GROUPS);
    }

    @Benchmark
    public Hql severalConditions() {
        return HqlTranslator.translate(severalConditions, Fields.CUSTOMERS);
    }

    @Benchmark
    public Hql thousandValues() {
        return HqlTranslator.translate(thousandValues, Fields.CUSTOMERS);
    }

    @Benchmark
    public Hql thousandPatterns() {
        return HqlTranslator.translate(thousandPatterns, Fields.CUSTOMERS);
    }
}
