package backoffice.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.*;

import backoffice.customer.CustomerData;
import backoffice.envelope.ApiException;
import backoffice.envelope.Language;
import backoffice.search.Fields;
import backoffice.search.HqlTranslator;
import backoffice.search.SearchRequest;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/api.md, section 3.4: a body is read as a stream, up to its first fault. */
class StreamedReadingTest {

    private static final int MEBIBYTE = 1 << 20;

    /** The most memory that a refused body takes, for each of its bytes, unless one text is nearly all of it. */
    private static final double REFUSED = .5;

    /** The most memory that any other body takes, for each of its bytes. */
    private static final double READ = 11;

    /** It makes a body so long that nothing after its fault is read. */
    private static final String NOT_JSON = "!".repeat(8 << 10);

    private static final Type BATCH = new TypeReference<List<CustomerData>>() {}.getType();
    private static final Type SEARCH = SearchRequest.class;
    private static final StrictJsonReader READER = new StrictJsonReader(new ObjectMapper());
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The beginning of a body, a unit and how often it follows, and what follows then, with the fault. */
    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [                         | {"name":"{i}"}, | 1000 | {}            | [1000]: Entry 1001 is one too many; accepted: up to 1000 in all.
            [                         | {"name":"{i}"}, | 2    | null          | [2]: null is not an object, and an object is wanted.
            [                         | ``              | 0    | {}            | [0]: The member "name" is missing.
            [                         | ``              | 0    | {"name":1     | [0].name: 1 is not a string, and a string is wanted.
            [                         | ``              | 0    | {"name":""    | [0].name: The name "" is blank; a name needs a character that is not white space.
            ``                        | ``              | 0    | 1             | 1 is not an array, and an array is wanted.
            {                         | ``              | 0    | "x":[         | There is no member "x"; accepted: querys, sorts.
            {"querys":[               | ``              | 0    | {"x":{        | querys[0]: There is no member "x"; accepted: name, op, values.
            {"querys":[               | {},             | 32   | {}            | querys[32]: Entry 33 is one too many; accepted: up to 32 in all.
            {"sorts":[                | {},             | 32   | {}            | sorts[32]: Entry 33 is one too many; accepted: up to 32 in all.
            {"querys":[{"values":[""  | ,""             | 599  | ]},{"values":[NULLS | querys[1].values[400]: Entry 1001 is one too many; accepted: up to 1000 in all.
            {"querys":[{"values":["a" | ``              | 0    | ,1.5          | querys[0].values[1]: 1.5 is not a string, and a string is wanted.
            """)
    void a_large_body_is_read_up_to_its_first_fault(String start, String unit, int times, String fault, String msg) {
        String body =
                start + repeat(unit, times) + fault.replace("NULLS", "null,".repeat(400) + "null") + " " + NOT_JSON;

        ApiException refusal = assertThrows(ApiException.class, () -> READER.read(body.getBytes(UTF_8), type(body)));

        assertEquals(msg, Language.EN.sentence(refusal));
        assertEquals(
                msg.matches("(querys|sorts)\\[.*") ? 1002 : 1001,
                refusal.status().number());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [                           | {},               | 1]
            [                           | {"name":"{i}"},   | 1]
            [                           | null,             | 1]
            [                           | [],               | 1]
            [                           | [                 | 1]
            [                           | {"a":             | 1]
            [{                          | "a{i}":1,         | "b":1}]
            [{"x":[                     | [],               | 1]}]
            [{"x":"                     | x                 | "}]
            [{"                         | x                 | ":1}]
            [{"name":[                  | {},               | 1]}]
            [{"name":{                  | "a{i}":1,         | "b":1}}]
            {"querys":[                 | {},               | 1]}
            {"querys":[                 | null,             | 1]}
            {"querys":[{"values":[      | "",               | 1]}]}
            {"querys":[{"values":[      | null,             | 1]}]}
            {"sorts":[                  | {},               | 1]}
            {"sorts":                   | {"sorts":         | 1}
            `{"querys":[],            ` | ` `               | 1}
            """)
    void a_body_of_one_mebibyte_that_is_refused_takes_less_memory_than_its_bytes(
            String start, String unit, String end) {
        assertTakes(REFUSED, start, unit, end);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"name":"字                             | x          | "}]
            [{"name":"a","city":"字                  | x          | "}]
            [{"name":"a","regDate":"字               | x          | "}]
            [{"name":                                | 1          | }]
            "字                                      | x          | "
            {"querys":[{"name":"字                   | x          | "}]}
            {"querys":[{"name":"name","op":"字       | x          | "}]}
            {"querys":[{"name":"name","op":"         | ` a`       | "}]}
            {"sorts":[{"name":"name","order":"字     | x          | "}]}
            {"querys":[{"name":"regDate","values":["字 | x        | "]}]}
            {"querys":[{"name":"name","values":["字  | x          | "]}]}
            {"querys":[{"name":"name","op":"like","values":["字 | x | %"]}]}
            {"querys":[{"name":"name","op":"like","values":["字 | \\\\\\\\ | %"]}]}
            """)
    void a_body_of_one_long_text_takes_a_bounded_multiple_of_its_bytes(String start, String unit, String end) {
        assertTakes(READ, start, unit, end);
    }

    static Stream<String> texts() {
        return Stream.of("x".repeat(90), "字".repeat(28), "\\\\n".repeat(42), "xxxxxxxxxxxx字".repeat(6));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_batch_of_1000_filled_customers_takes_a_bounded_multiple_of_its_bytes(String text) {
        String members = Stream.of(
                        "description officeNumber mobileNumber email address city country postcode contact".split(" "))
                .map(member -> ",\"" + member + "\":\"" + text + "\"")
                .reduce("", String::concat);
        String customer = "{\"name\":\"{i}\"" + members + "}";

        assertTakes(READ, "[" + repeat(customer + ",", 999) + customer + "]");
    }

    private static void assertTakes(double most, String start, String unit, String end) {
        int length = unit.length() + (unit.contains("{i}") ? 3 : 0);

        assertTakes(most, start + repeat(unit, MEBIBYTE / length) + end);
    }

    private static void assertTakes(double most, String text) {
        byte[] body = text.getBytes(UTF_8);
        // The first time, code is loaded too.
        memory(type(text), body);

        double taken = (double) memory(type(text), body) / body.length;

        assertTrue(taken < most, "%.2f bytes for each byte".formatted(taken));
    }

    private static long memory(Type type, byte[] body) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            if (READER.read(body, type) instanceof SearchRequest search) {
                HqlTranslator.translate(search, Fields.CUSTOMERS);
            }
        } catch (ApiException refused) {
            assertTrue(refused.status().isOfRequest());
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static Type type(String body) {
        return body.startsWith("{") ? SEARCH : BATCH;
    }

    /** Repeats a unit. {@code {i}} in it is the number of the repetition. */
    private static String repeat(String unit, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> unit.replace("{i}", String.valueOf(i)))
                .collect(joining());
    }
}
