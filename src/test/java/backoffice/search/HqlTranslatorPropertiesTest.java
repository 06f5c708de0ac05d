package backoffice.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

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
    private static final String OUR_WORDS =
            "(g\\.name|:p\\d+|like|escape '\\\\'|not|one_of|between|and|or|is|null|asc|desc|1|[ ()<>=,]"
                    + "|cast|sql|'\\? like any \\(\\?\\)'|as|Boolean|true)*";

    @Property
    void no_text_of_the_client_stands_in_the_hql(@ForAll("requests") SearchRequest request) {
        Hql hql = HqlTranslator.translate(request, Fields.GROUPS);

        assertTrue(hql.where().matches(OUR_WORDS), hql.where());
        assertTrue(hql.orderBy().matches(OUR_WORDS), hql.orderBy());
    }

    @Property
    void other_values_and_other_spelling_of_the_same_shape_give_the_same_hql(
            @ForAll("requests") SearchRequest request, @ForAll("values") String other) {
        SearchRequest twin = new SearchRequest(
                request.querys().stream()
                        .map(q -> new Query(
                                q.name(),
                                respelled(q.op()),
                                q.values().stream().map(v -> other).toList()))
                        .toList(),
                request.sorts().stream()
                        .map(s -> new Sort(s.name(), s.order().toUpperCase(Locale.ROOT)))
                        .toList());

        Hql hql = HqlTranslator.translate(request, Fields.GROUPS);
        Hql ofTwin = HqlTranslator.translate(twin, Fields.GROUPS);

        assertEquals(hql.where(), ofTwin.where());
        assertEquals(hql.orderBy(), ofTwin.orderBy());
        assertEquals(hql.parameters().keySet(), ofTwin.parameters().keySet());
    }

    @Property
    void every_parameter_is_bound_once_and_referenced_once(@ForAll("requests") SearchRequest request) {
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
    }

    @Property
    void every_value_is_bound_as_it_came_and_in_order(@ForAll("requests") SearchRequest request) {
        Hql hql = HqlTranslator.translate(request, Fields.GROUPS);

        List<Object> bound = new ArrayList<>();
        Bound.readable(hql.parameters()).values().forEach(value -> {
            if (value instanceof List<?> several) {
                bound.addAll(several);
            } else {
                bound.add(value);
            }
        });
        assertEquals(request.querys().stream().flatMap(q -> q.values().stream()).toList(), bound);
    }

    @Property
    void translation_is_deterministic(@ForAll("requests") SearchRequest request) {
        Hql hql = HqlTranslator.translate(request, Fields.GROUPS);
        Hql again = HqlTranslator.translate(request, Fields.GROUPS);

        assertEquals(Bound.readable(hql), Bound.readable(again));
    }

    @Provide
    Arbitrary<SearchRequest> requests() {
        Arbitrary<List<Query>> querys = Arbitraries.oneOf(
                        query(1, 5, "=", "in", "!=", "<>", "not in", "like", "not like"),
                        query(1, 1, ">", ">=", "<", "<="),
                        query(2, 2, "between"),
                        query(0, 0, "is null", "is not null"))
                .list()
                .ofMaxSize(32);
        Arbitrary<List<Sort>> sorts = Arbitraries.of("asc", "desc")
                .map(order -> new Sort("name", order))
                .list()
                .ofMaxSize(1);
        return Combinators.combine(querys, sorts).as(SearchRequest::new);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(HOSTILE).list().ofMaxSize(6).map(words -> String.join("", words));
    }

    private Arbitrary<Query> query(int least, int most, String... ops) {
        return Combinators.combine(
                        Arbitraries.of(ops), values().list().ofMinSize(least).ofMaxSize(most))
                .as((op, values) -> new Query("name", op, values));
    }

    private static String respelled(String op) {
        return "  " + op.toUpperCase(Locale.ROOT).replace(" ", "   ") + " ";
    }
}
