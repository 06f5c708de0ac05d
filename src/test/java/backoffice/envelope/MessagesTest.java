package backoffice.envelope;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {

    private static final Pattern CONVERSION = Pattern.compile("%(?:(\\d+)\\$)?(.)");

    @ParameterizedTest
    @ValueSource(strings = {"messages.properties", "messages_zh.properties"})
    void every_problem_has_a_message_and_every_message_has_a_problem(String file) throws IOException {
        Set<String> expected = Stream.of(Problem.values()).map(Messages::key).collect(toSet());

        assertEquals(expected, sentences(file).keySet());
    }

    @ParameterizedTest
    @EnumSource
    void both_languages_use_the_same_arguments(Problem key) throws IOException {
        String english = sentences("messages.properties").get(Messages.key(key));
        String chinese = sentences("messages_zh.properties").get(Messages.key(key));

        assertEquals(conversions(english), conversions(chinese));
        assertTrue(chinese.codePoints().anyMatch(Character::isIdeographic), chinese);
        assertFalse(english.codePoints().anyMatch(Character::isIdeographic), english);
    }

    @ParameterizedTest
    @EnumSource
    void every_argument_appears_in_the_message_of_each_language(Problem key) throws IOException {
        List<Object> arguments = new ArrayList<>();
        conversions(sentences("messages.properties").get(Messages.key(key)))
                .forEach((index, kind) ->
                        arguments.add(kind.equals("d") ? (Object) (70_000 + index) : "<" + index + ">"));

        for (Language language : Language.values()) {
            String text = Messages.text(key, arguments, language);

            arguments.forEach(argument -> assertTrue(text.contains(argument.toString()), text));
        }
    }

    @Test
    void a_text_of_the_client_is_shortened_and_never_used_as_a_format() {
        assertEquals(
                "There is no customer group \"" + "a".repeat(100) + "…\".",
                Messages.text(Problem.NO_SUCH_GROUP, List.of("a".repeat(101)), Language.EN));
        assertEquals(
                "There is no customer group \"%s%n%1$d\".",
                Messages.text(Problem.NO_SUCH_GROUP, List.of("%s%n%1$d"), Language.EN));
    }

    @Test
    void a_list_of_accepted_values_is_not_shortened() {
        List<String> accepted = Collections.nCopies(50, "member");
        String whole = String.join(", ", accepted);

        assertEquals(
                "There is no member \"" + "a".repeat(100) + "…\"; accepted: " + whole + ".",
                Messages.text(Problem.UNKNOWN_MEMBER, List.of("a".repeat(101), accepted), Language.EN));
        assertEquals(
                "未知字段“a”；可用：" + whole + "。",
                Messages.text(Problem.UNKNOWN_MEMBER, List.of("a", accepted), Language.ZH));
    }

    @Test
    void a_percent_sign_and_a_backslash_of_a_template_are_shown_once() {
        assertEquals(
                "The path \"/%25\" is not well-formed: each % must be followed by two hexadecimal digits,"
                        + " and the encoded bytes must be UTF-8.",
                Messages.text(Problem.MALFORMED_PATH, List.of("/%25"), Language.EN));
        assertEquals(
                "The pattern \"a\\\" ends in a lone \\; write \\\\ for the character itself.",
                Messages.text(Problem.LONE_ESCAPE, List.of("a\\"), Language.EN));
    }

    @Test
    void messages_do_not_depend_on_the_default_locale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

            assertEquals(
                    "The body is too large; accepted: up to 1048576 bytes.",
                    Messages.text(Problem.BODY_TOO_LARGE, List.of(1_048_576), Language.EN));
            assertEquals(
                    "请求体过大；最多 1048576 字节。", Messages.text(Problem.BODY_TOO_LARGE, List.of(1_048_576), Language.ZH));
        } finally {
            Locale.setDefault(before);
        }
    }

    private static Map<String, String> sentences(String file) throws IOException {
        Properties sentences = new Properties();
        try (Reader in = new InputStreamReader(Messages.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
            sentences.load(in);
        }
        return sentences.entrySet().stream().collect(toMap(e -> (String) e.getKey(), e -> (String) e.getValue()));
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
