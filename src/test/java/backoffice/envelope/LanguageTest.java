package backoffice.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {

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
    @ValueSource(
            strings = {
                "en", "en-GB", "en,zh", "en-US,en;q=0.9,zh;q=0.8", "zh;q=0.5,en;q=0.9", "fr,en;q=0.5,zh;q=0.4",
                "fr", "*", "*;q=0.5", "zh;q=0", "zh;q=0.0,fr", "zh;q=0.000",
                "en;q=0.2,zh-TW;q=0.2", "zh;q=0.1,en;q=0.11"
            })
    void a_client_that_does_not_prefer_chinese_gets_english(String acceptLanguage) {
        assertEquals(Language.EN, Language.of(acceptLanguage, Language.EN));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                " ", ",", ";", "zh;q=2", "zh;q=-1", "zh;q=",
                "zh;q=high", "zh_CN", "中文", "zh\u0000", "toolonglanguagetag", "en;;q",
                "-", "en,-", "--;q=0.5"
            })
    void an_absent_or_invalid_header_gives_the_default_english(String acceptLanguage) {
        assertEquals(Language.EN, Language.of(acceptLanguage, Language.EN));
    }

    @Test
    void the_first_256_characters_count() {
        assertEquals(Language.ZH, Language.of("x".repeat(253) + ",zh", Language.EN));
        assertEquals(Language.EN, Language.of("x".repeat(254) + ",zh", Language.EN));
    }
}
