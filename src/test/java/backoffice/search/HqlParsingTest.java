package backoffice.search;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import backoffice.search.SearchRequest.Query;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.hibernate.grammars.hql.HqlParser;
import org.hibernate.query.hql.internal.HqlParseTreeBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hibernate understands every search in the first and fast mode of its parser (docs/adr/0012). What it does not
 * understand there, it parses again in a mode that can take seconds.
 */
class HqlParsingTest {

    private static final String CUSTOMERS =
            "select count(*) from Customer c left join CustomerGroup g on g.id = c.groupId where c.vendor = :vendor";
    private static final List<String> PATTERNS = List.of("%x", "x%");
    private static final String DAY = "2026-01-01";

    static Stream<Arguments> conditions() {
        return Fields.CUSTOMERS.fields().stream()
                .flatMap(field -> Stream.of(Operator.values())
                        .filter(field.type().operators()::contains)
                        .flatMap(operator ->
                                values(operator).map(values -> Arguments.of(field.name(), operator, values))));
    }

    /** Up to five values; for an operator with patterns, prefixes and other patterns in every order. */
    private static Stream<List<String>> values(Operator operator) {
        List<String> kinds = operator.matchesPatterns() ? PATTERNS : List.of(DAY, DAY);
        return IntStream.range(1, 1 << 6)
                .mapToObj(i -> Integer.toBinaryString(i).substring(1).chars())
                .map(digits -> digits.mapToObj(digit -> kinds.get(digit - '0')).toList())
                .distinct()
                .filter(some -> operator.arity().admits(some.size()));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void a_condition_is_parsed_in_the_fast_mode(String field, Operator operator, List<String> values) {
        Query query = new Query(field, operator.wireName(), values);
        for (int count : new int[] {1, 3}) {
            List<Query> querys = IntStream.range(0, count).mapToObj(i -> query).toList();
            Hql hql = HqlTranslator.translate(new SearchRequest(querys, null), Fields.CUSTOMERS);

            assertDoesNotThrow(
                    () -> parse(CUSTOMERS + hql.where().all()), hql.where().all());
        }
    }

    private static void parse(String hql) {
        HqlParser parser =
                HqlParseTreeBuilder.INSTANCE.buildHqlParser(hql, HqlParseTreeBuilder.INSTANCE.buildHqlLexer(hql));
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new BailErrorStrategy());
        parser.statement();
    }
}
