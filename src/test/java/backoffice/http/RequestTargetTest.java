package backoffice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a/b, /a/b",
        "/%61%5A%30%2D%2e%5F%7E, /aZ0-._~",
        "/a%2Fb, /a%2Fb",
        "/a%2fb, /a%2fb",
        "/a%3Bb%3Fc%23d%25e%2Bf%20g, /a%3Bb%3Fc%23d%25e%2Bf%20g",
        "/%2541, /%2541",
        "/a+b, /a+b",
        "/a:@!$&'()*=b, /a:@!$&'()*=b",
        "/%E7%94%B2%F0%9F%98%80, /%E7%94%B2%F0%9F%98%80",
        "/%00, /%00"
    })
    void only_escapes_of_unreserved_characters_are_decoded(String raw, String path) {
        assertEquals(new RequestTarget(raw, path, false), RequestTarget.of(raw));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "/a;b=c, /a%3Bb=c",
                "/;, /%3B",
                "\"/a b\", /a%20b",
                "/\u00C3\u00A9, /%C3%A9",
                "/\u00C3%A9, /%C3%A9",
                "/\u007F, /%7F",
                "\"/\u0001\", /%01"
            })
    void characters_that_are_illegal_in_a_path_are_encoded(String raw, String path) {
        assertEquals(new RequestTarget(raw, path, false), RequestTarget.of(raw));
    }

    @ParameterizedTest
    @CsvSource({
        "/100%, /100%25",
        "/%/a, /%25/a",
        "/%4, /%254",
        "/%zz, /%25zz",
        "/%4g, /%254g",
        "/%g4, /%25g4",
        "/%%41, /%25A",
        "/%-1, /%25-1",
        "/%u7532, /%25u7532"
    })
    void an_invalid_escape_makes_the_path_malformed_and_is_encoded(String raw, String path) {
        assertEquals(new RequestTarget(raw, path, true), RequestTarget.of(raw));
    }

    @ParameterizedTest
    @CsvSource({
        "/%FF, /%FF",
        "/%80, /%80",
        "/%C3, /%C3",
        "/%C3/%A9, /%C3/%A9",
        "/%C0%AF, /%C0%AF",
        "/%E0%80%AF, /%E0%80%AF",
        "/%ED%A0%80, /%ED%A0%80",
        "/%F4%90%80%80, /%F4%90%80%80",
        "/\u00E9, /%E9"
    })
    void invalid_utf_8_makes_the_path_malformed(String raw, String path) {
        assertEquals(new RequestTarget(raw, path, true), RequestTarget.of(raw));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/./b, /a/b",
        "/a/../b, /b",
        "/a/b/../../c, /c",
        "/../../a, /a",
        "/a/%2e%2E/b, /b",
        "/a/.%2e/b, /b",
        "/a/%2e/b, /a/b",
        "/a/b/.., /a/",
        "/a/b/., /a/b/",
        "/a/b/%2e%2e, /a/",
        "/.., /",
        "/., /",
        "/a/%2F/../b, /a/b",
        "/a;x/../b, /b",
        "/a//../b, /a/b",
        "/.//a, //a"
    })
    void dot_segments_are_resolved_encoded_or_not(String raw, String path) {
        assertEquals(new RequestTarget(raw, path, false), RequestTarget.of(raw));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.a", "/a.", "/...", "/a/..b/c", "/a/..;", "/%2F..", "/a/.%20"})
    void other_segments_that_contain_dots_are_kept(String raw) {
        assertEquals(raw.replace(";", "%3B"), RequestTarget.of(raw).path());
    }

    @ParameterizedTest
    @CsvSource({
        "/api, true",
        "/api/, true",
        "/api/a, true",
        "/%61pi/a, true",
        "/x/../api/a, true",
        "//api/a, true",
        "/x/..//api, true",
        "/x//../api, false",
        "/apis, false",
        "/api%2Fa, false",
        "/api;x/a, false",
        "/api/../a, false",
        "/API/a, false",
        "/ap, false",
        "/, false"
    })
    void a_path_is_under_the_base_path_by_whole_segments(String raw, boolean under) {
        assertEquals(under, RequestTarget.of(raw).isUnder("/api"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "offset=1&limit=2, offset=1&limit=2",
        "a=%41%20%2F, a=%41%20%2F",
        "a=%FF, a=%FF",
        "a=100%, a=100%25",
        "a=%zz&limit=2, a=%25zz&limit=2",
        "%=%4, %25=%254",
        "a=%%41, a=%25%41",
        "a=;?/, a=;?/"
    })
    void a_query_is_kept_except_for_invalid_escapes(String raw, String query) {
        assertEquals(query, RequestTarget.query(raw));
    }

    @Test
    void a_request_without_a_query_has_none() {
        assertNull(RequestTarget.query(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a;b/%2e%2e/%7Ec", "/100%", "/\u00E9/%2F", "/a/./b/", "/%2541/%25"})
    void normalization_is_idempotent(String raw) {
        RequestTarget target = RequestTarget.of(raw);

        assertEquals(target.path(), RequestTarget.of(target.path()).path());
        assertTrue(target.path().chars().allMatch(c -> c > ' ' && c < 0x7F), target.path());
    }
}
