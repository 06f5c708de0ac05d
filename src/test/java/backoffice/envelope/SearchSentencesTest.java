package backoffice.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.search.Fields;
import backoffice.search.HqlTranslator;
import backoffice.search.InvalidSearchException;
import backoffice.search.Query;
import backoffice.search.SearchRequest;
import backoffice.search.Sort;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SearchSentencesTest {

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        querys(Collections.nCopies(33, new Query("name", "is null", null))),
                        "\"querys\" has 33 entries; accepted: up to 32.",
                        "“querys”有 33 项；最多 32 项。"),
                refusal(
                        query("in", Collections.nCopies(1001, "v")),
                        "\"querys\" has 1001 values in all; accepted: up to 1000.",
                        "“querys”共有 1001 个值；最多 1000 个。"),
                refusal(
                        querys(Collections.singletonList(null)),
                        "querys[0] is null, and an object is wanted.",
                        "querys[0] 为 null，此处需要对象。"),
                refusal(
                        querys(List.of(new Query("nmae", "=", List.of("a")))),
                        "There is no field \"nmae\" here; accepted: name.",
                        "此处没有字段“nmae”；可用：name。"),
                refusal(
                        query("~", List.of("a")),
                        "There is no op \"~\"; accepted: =, in, !=, <>, not in, >, >=, <, <=, between, like, not like,"
                                + " is null, is not null.",
                        "没有操作符“~”；可用：=, in, !=, <>, not in, >, >=, <, <=, between, like, not like,"
                                + " is null, is not null。"),
                refusal(
                        new SearchRequest(null, List.of(new Sort("name", "up"))),
                        "There is no order \"up\"; accepted: asc, desc.",
                        "没有排序方式“up”；可用：asc、desc。"),
                refusal(
                        new SearchRequest(null, List.of(new Sort("name", null), new Sort("name", "desc"))),
                        "The field \"name\" appears twice in \"sorts\".",
                        "字段“name”重复排序。"),
                refusal(
                        query("between", List.of("a")),
                        "The op \"between\" has 1 values; accepted: 2.",
                        "操作符“between”有 1 个值；允许 2 个。"),
                refusal(
                        query("=", Arrays.asList("a", null)),
                        "A value for the field \"name\" is null; accepted: strings. To find missing values, use the op"
                                + " \"is null\".",
                        "字段“name”的某个值为 null；值必须是字符串。查询空值请使用操作符“is null”。"),
                refusal(
                        query("=", List.of("a\u0000")),
                        "A value for the field \"name\" has the character U+0000 or a lone surrogate: \"a\\u0000\".",
                        "字段“name”的某个值含有 U+0000 或孤立的代理码点：“a\\u0000”。"),
                refusal(
                        query("like", List.of("a\\")),
                        "The pattern \"a\\\" ends in a lone \\; write \\\\ for the character itself.",
                        "模式“a\\”以孤立的 \\ 结尾；该字符本身请写作 \\\\。"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refusals")
    void an_invalid_search_is_explained(SearchRequest request, String english, String chinese) {
        InvalidSearchException refusal =
                assertThrows(InvalidSearchException.class, () -> HqlTranslator.translate(request, Fields.GROUPS));

        assertEquals(english, Messages.text(refusal.reason(), refusal.arguments(), Language.EN));
        assertEquals(chinese, Messages.text(refusal.reason(), refusal.arguments(), Language.ZH));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "like | 2026% | The op \"like\" does not go with the field \"regDate\", which is a time. | 操作符“like”不适用于时间字段“regDate”。",
                "= | x | The field \"regDate\" is a time, and \"x\" is none; accepted: yyyy-MM-dd HH:mm:ss, yyyy-MM-dd."
                        + " | 字段“regDate”是时间，而“x”不是；可用：yyyy-MM-dd HH:mm:ss、yyyy-MM-dd。"
            })
    void an_invalid_search_on_a_time_is_explained(String op, String value, String english, String chinese) {
        SearchRequest request = querys(List.of(new Query("regDate", op, List.of(value))));
        InvalidSearchException refusal =
                assertThrows(InvalidSearchException.class, () -> HqlTranslator.translate(request, Fields.CUSTOMERS));

        assertEquals(english, Messages.text(refusal.reason(), refusal.arguments(), Language.EN));
        assertEquals(chinese, Messages.text(refusal.reason(), refusal.arguments(), Language.ZH));
    }

    private static Arguments refusal(SearchRequest request, String english, String chinese) {
        return Arguments.of(request, english, chinese);
    }

    private static SearchRequest query(String op, List<String> values) {
        return querys(List.of(new Query("name", op, values)));
    }

    private static SearchRequest querys(List<Query> querys) {
        return new SearchRequest(querys, null);
    }
}
