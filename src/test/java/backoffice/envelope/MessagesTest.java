package backoffice.envelope;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 1.5 and 1.6: the messages, their language, and the values of the client that they show. */
class MessagesTest {

    private static final Pattern CONVERSION = Pattern.compile("%(?:(\\d+)\\$)?(.)");

    @ParameterizedTest
    @ValueSource(strings = {"messages.properties", "messages_zh.properties"})
    void every_problem_has_a_message_and_every_message_has_a_problem(String file) throws IOException {
        Set<String> expected =
                Stream.of(Problem.values()).map(MessagesTest::key).collect(toSet());

        assertEquals(expected, sentences(file).keySet());
    }

    @ParameterizedTest
    @EnumSource
    void every_argument_appears_in_the_message_of_each_language(Problem problem) throws IOException {
        List<Object> arguments = new ArrayList<>();
        conversions(sentences("messages.properties").getString(key(problem)))
                .forEach((index, kind) ->
                        arguments.add(kind.equals("d") ? (Object) (70_000 + index) : "<" + index + ">"));

        for (Language language : Language.values()) {
            String text = language.sentence(new ApiException(problem, arguments.toArray()));

            arguments.forEach(argument -> assertTrue(text.contains(argument.toString()), text));
            assertEquals(language == Language.ZH, text.codePoints().anyMatch(Character::isIdeographic), text);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NO_SUCH_GROUP  | %s%n%1$d | "%s%n%1$d".
            MALFORMED_PATH | /%25     | each % must be followed by two hexadecimal digits, and the encoded bytes must be UTF-8.
            LONE_ESCAPE    | a\\     | "a\\" ends in a lone \\; write \\\\ for the character itself.
            """)
    void a_text_of_the_client_is_never_a_format(Problem problem, String text, String end) {
        assertThat(Language.EN.sentence(new ApiException(problem, text)), endsWith(end));
    }

    @Test
    void a_text_of_the_client_is_shortened_and_a_list_of_accepted_values_is_not() {
        List<String> accepted = Collections.nCopies(50, "member");

        assertEquals(
                "There is no member \"" + "a".repeat(100) + "…\"; accepted: " + String.join(", ", accepted) + ".",
                Language.EN.sentence(new ApiException(Problem.UNKNOWN_MEMBER, "a".repeat(101), accepted)));
    }

    @Test
    void messages_do_not_depend_on_the_default_locale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

            assertEquals(
                    "The body is too large; accepted: up to 1048576 bytes.",
                    Language.EN.sentence(new ApiException(Problem.BODY_TOO_LARGE, 1_048_576)));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zh", "ZH", "zh-CN", "zh-TW", "zh-Hans-CN", "zh-CN, zh; q=0.9, en; q=0.8",
                "en;q=0.5,zh;q=0.9", "en;q=0.5,zh", "fr,zh;q=0.5,en;q=0.4", "*;q=0.1,zh", "zh,en", "en;q=0,zh;q=0.1",
                "en;Q=0.1,zh;q=0.123", "zh;q=0,zh-CN;q=0.5", "zh;q=1.000,en;q=1"
            })
    void a_client_that_prefers_chinese_gets_chinese(String acceptLanguage) {
        assertEquals(Language.ZH, Language.of(acceptLanguage, Language.EN));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "en", "en-GB", "en,zh", "en-US,en;q=0.9,zh;q=0.8", "zh;q=0.5,en;q=0.9", "fr,en;q=0.5,zh;q=0.4",
                "fr", "*", "*;q=0.5", "zh;q=0", "zh;q=0.0,fr", "zh;q=0.000",
                "en;q=0.2,zh-TW;q=0.2", "zh;q=0.1,en;q=0.11", " ", ",", ";", "zh;q=2",
                "zh;q=-1", "zh;q=", "zh;q=high", "zh_CN", "中文", "zh\u0000",
                "toolonglanguagetag", "en;;q", "-", "en,-", "--;q=0.5"
            })
    void a_client_that_does_not_prefer_chinese_or_has_an_invalid_header_gets_english(String acceptLanguage) {
        assertEquals(Language.EN, Language.of(acceptLanguage, Language.EN));
    }

    @Test
    void the_first_256_characters_count() {
        assertEquals(Language.ZH, Language.of("x".repeat(253) + ",zh", Language.EN));
        assertEquals(Language.EN, Language.of("x".repeat(254) + ",zh", Language.EN));
    }

    @Test
    void a_text_is_shown_as_it_is_and_a_control_character_or_lone_surrogate_as_its_escape() {
        String plain = "甲😀 %s %d % \"'\\ \u00A0\u3000";

        assertEquals("", Excerpt.of(""));
        assertEquals(plain, Excerpt.of(plain));
        assertEquals("a\\u0000b\\u000a\\u000d\\u0009\\u001b[31m", Excerpt.of("a\u0000b\n\r\t\u001B[31m"));
        assertEquals("\\u007f\\u0085\\u009f", Excerpt.of("\u007F\u0085\u009F"));
        assertEquals("\\ud83da\\ude00b\\ude00\\ud83d", Excerpt.of("\uD83Da\uDE00b\uDE00\uD83D"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "甲", "😀"})
    void a_text_is_cut_after_a_hundred_code_points(String codePoint) {
        assertEquals(codePoint.repeat(100), Excerpt.of(codePoint.repeat(100)));
        assertEquals(codePoint.repeat(100) + "…", Excerpt.of(codePoint.repeat(101)));
        assertEquals(codePoint.repeat(100) + "…", Excerpt.of(codePoint.repeat(100_000)));
    }

    @Test
    void failures_of_the_key_and_the_service_keep_their_http_code() {
        List<Integer> others = Stream.of(Status.values())
                .filter(status -> !status.isOfRequest())
                .map(Status::number)
                .toList();

        assertEquals(List.of(0, 1101, 1102, 1103, 5000, 5001), others);
    }

    private static String key(Problem problem) {
        return "Problem." + problem.name();
    }

    private static ResourceBundle sentences(String file) throws IOException {
        try (InputStream in = Language.class.getResourceAsStream(file)) {
            return new PropertyResourceBundle(in);
        }
    }

    /** The conversion of each argument, by the index of the argument from 1. */
    private static Map<Integer, String> conversions(String sentence) {
        Map<Integer, String> kinds = new TreeMap<>();
        Matcher conversion = CONVERSION.matcher(sentence);
        while (conversion.find()) {
            if (!conversion.group(2).equals("%")) {
                int index = conversion.group(1) == null ? kinds.size() + 1 : Integer.parseInt(conversion.group(1));
                assertTrue(kinds.put(index, conversion.group(2)) == null, sentence);
            }
        }
        return kinds;
    }
}
