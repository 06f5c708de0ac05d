package backoffice.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.SeededTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class HqlTranslatorPropertiesTest {

    private static final List<String> HOSTILE = List.of(
            "'",
            "\"",
            "\\\\",
            "%",
            "_",
            ":p0",
            ":",
            ";",
            "--",
            "/*",
            ")",
            "(",
            " or 1 = 1",
            "g.name",
            "is null",
            "\n",
            "?1",
            "{",
            "漢",
            "😀",
            "A",
            "");
    private static final int REQUESTS_OF_A_SEED = 50;
    private static final String HQL_WORDS =
            "(g\\.name|:p\\d+|like_any|matches|not|equal_any|between|and|or|is|null|true|distinct from|asc|desc|1|[ ()<>=,]"
                    + ")*";

    @SeededTest
    void the_hql_contains_no_text_of_the_client(long seed) {
        forEachRequest(seed, (request, random) -> {
            Hql hql = HqlTranslator.translate(request, Fields.GROUPS);

            assertTrue(hql.where().matches(HQL_WORDS), hql.where());
            assertTrue(hql.orderBy().matches(HQL_WORDS), hql.orderBy());
        });
    }

    @SeededTest
    void requests_that_differ_only_in_values_and_spelling_give_the_same_hql(long seed) {
        forEachRequest(seed, (request, random) -> {
            String other = value(random);
            SearchRequest twin = new SearchRequest(
                    request.querys().stream()
                            .map(q -> new Query(
                                    q.name(),
                                    respelled(q.op()),
                                    q.values().stream()
                                            .map(v -> ofSameForm(q, v, other))
                                            .toList()))
                            .toList(),
                    request.sorts().stream()
                            .map(s -> new Sort(s.name(), s.order().toUpperCase(Locale.ROOT)))
                            .toList());

            Hql hql = HqlTranslator.translate(request, Fields.GROUPS);
            Hql ofTwin = HqlTranslator.translate(twin, Fields.GROUPS);

            assertEquals(hql.where(), ofTwin.where());
            assertEquals(hql.orderBy(), ofTwin.orderBy());
            assertEquals(hql.parameters().keySet(), ofTwin.parameters().keySet());
        });
    }

    @SeededTest
    void every_parameter_is_bound_once_and_referenced_once(long seed) {
        forEachRequest(seed, (request, random) -> {
            Hql hql = HqlTranslator.translate(request, Fields.GROUPS);

            List<String> references = Stream.of(hql.where().split("[^:p0-9]+"))
                    .filter(word -> word.startsWith(":"))
                    .map(word -> word.substring(1))
                    .toList();
            List<String> names = IntStream.range(0, hql.parameters().size())
                    .mapToObj(i -> "p" + i)
                    .toList();
            assertEquals(names, references);
            assertEquals(names, List.copyOf(hql.parameters().keySet()));
        });
    }

    /** Hibernate would treat such a parameter as a list of variable size, and translate the statement in each call. */
    @SeededTest
    void no_parameter_is_the_last_argument_of_a_function(long seed) {
        forEachRequest(seed, (request, random) -> {
            Hql hql = HqlTranslator.translate(request, Fields.GROUPS);

            assertFalse(
                    Pattern.compile("\\w\\([^()]*:p\\d+\\)")
                            .matcher(hql.where())
                            .find(),
                    hql.where());
        });
    }

    @SeededTest
    void every_value_is_bound_unchanged_and_in_order_and_a_pattern_with_its_range(long seed) {
        forEachRequest(seed, (request, random) -> {
            Hql hql = HqlTranslator.translate(request, Fields.GROUPS);

            List<Object> bound = new ArrayList<>();
            ComparableHql.of(hql.parameters()).values().forEach(value -> {
                if (value instanceof List<?> several) {
                    bound.addAll(several);
                } else {
                    bound.add(value);
                }
            });
            assertEquals(bound(request.querys()), bound);
        });
    }

    /** Clients decide on the conditions, and Hibernate keeps what it translates. See docs/adr/0012. */
    @SeededTest
    void the_length_of_a_condition_is_limited_whatever_its_values_are(long seed) {
        forEachRequest(seed, (request, random) -> {
            Hql hql = HqlTranslator.translate(request, Fields.GROUPS);

            int limit = 300 + 40 * request.querys().size();
            assertTrue(hql.where().length() <= limit, hql.where());
        });
    }

    @SeededTest
    void translation_is_deterministic(long seed) {
        forEachRequest(seed, (request, random) -> {
            Hql hql = HqlTranslator.translate(request, Fields.GROUPS);
            Hql again = HqlTranslator.translate(request, Fields.GROUPS);

            assertEquals(ComparableHql.of(hql), ComparableHql.of(again));
        });
    }

    private static String ofSameForm(Query query, String value, String other) {
        if (!Operator.of(query.op()).matchesPatterns()) {
            return "_" + other;
        }
        return switch (withRange(value).size()) {
            case 1 -> "_" + other;
            case 2 -> "a%";
            default -> "a_" + other;
        };
    }

    /** The first four patterns that may have a range are bound with it, if all those of their query are among them. */
    private static List<String> bound(List<Query> querys) {
        List<String> bound = new ArrayList<>();
        int separate = 0;
        for (Query query : querys) {
            Operator operator = Operator.of(query.op());
            int count = query.values().size();
            boolean isOne = count == 1
                    && (operator == Operator.NOT_LIKE
                            || withRange(query.values().get(0)).size() == 1);
            boolean isSeparate = operator.matchesPatterns() && !isOne && separate + count <= 4;
            separate += isSeparate ? count : 0;
            query.values()
                    .forEach(value ->
                            bound.addAll(isSeparate && operator == Operator.LIKE ? withRange(value) : List.of(value)));
        }
        return bound;
    }

    /** What is bound for a pattern: the pattern, its range, or both. */
    private static List<String> withRange(String value) {
        LikePattern pattern = LikePattern.of(value);
        if (!pattern.hasRange()) {
            return List.of(value);
        }
        return pattern.isPrefix()
                ? List.of(pattern.from(), pattern.to())
                : List.of(pattern.from(), pattern.to(), value);
    }

    private static void forEachRequest(long seed, BiConsumer<SearchRequest, Random> property) {
        Random random = new Random(seed);
        for (int i = 0; i < REQUESTS_OF_A_SEED; i++) {
            property.accept(request(random), random);
        }
    }

    /** A valid search with up to 32 querys. One in five searches has none or one. */
    private static SearchRequest request(Random random) {
        int querys = random.nextInt(5) == 0 ? random.nextInt(2) : random.nextInt(33);
        return new SearchRequest(
                several(querys, i -> query(random)),
                several(random.nextInt(2), i -> new Sort("name", random.nextBoolean() ? "asc" : "desc")));
    }

    private static Query query(Random random) {
        SearchGenerator generator = new SearchGenerator(random);
        String op = generator.operator();
        return new Query("name", op, several(generator.numberOfValues(op), i -> value(random)));
    }

    private static String value(Random random) {
        return String.join("", several(random.nextInt(7), i -> HOSTILE.get(random.nextInt(HOSTILE.size()))));
    }

    private static <T> List<T> several(int count, IntFunction<T> make) {
        return IntStream.range(0, count).mapToObj(make).toList();
    }

    private static String respelled(String op) {
        return "  " + op.toUpperCase(Locale.ROOT).replace(" ", "   ") + " ";
    }
}
