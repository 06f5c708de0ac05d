package backoffice.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageParamsTest {

    @Test
    void the_first_fifty_items_are_meant_when_nothing_is_given() {
        PageParams page = page(List.of(), List.of());

        assertEquals(0, page.offset());
        assertEquals(50, page.limit());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "007, 7", "0000000000, 0", "2147483647, 2147483647"})
    void an_offset_within_its_range_is_accepted(String given, int offset) {
        assertEquals(offset, page(List.of(given), List.of()).offset());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "050, 50", "1000, 1000"})
    void a_limit_within_its_range_is_accepted(String given, int limit) {
        assertEquals(limit, page(List.of(), List.of(given)).limit());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                " 1",
                "1 ",
                "1.0",
                "1e3",
                "0x10",
                "a",
                "1,2",
                "2147483648",
                "4294967297",
                "9999999999",
                "18446744073709551617",
                "１",
                "٣",
                "\u00001"
            })
    void an_offset_that_is_no_accepted_number_is_refused_with_its_range(String given) {
        assertRefused(
                () -> page(List.of(given), List.of()).offset(), Problem.PAGING_RANGE, "offset", given, 0, 2147483647);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "+1", "1001", "2147483648", "4294967297", "９", "fifty", "1;2"})
    void a_limit_that_is_no_accepted_number_is_refused_and_never_clamped(String given) {
        assertRefused(() -> page(List.of(), List.of(given)).limit(), Problem.PAGING_RANGE, "limit", given, 1, 1000);
    }

    @Test
    void a_parameter_given_twice_is_refused_even_when_both_agree() {
        PageParams page = page(List.of("0", "0"), List.of("50", "x"));

        assertRefused(page::offset, Problem.PAGING_TWICE, "offset");
        assertRefused(page::limit, Problem.PAGING_TWICE, "limit");
    }

    private static PageParams page(List<String> offset, List<String> limit) {
        PageParams page = new PageParams();
        page.offset = offset;
        page.limit = limit;
        return page;
    }

    private static void assertRefused(Executable call, Problem problem, Object... arguments) {
        ApiException refusal = assertThrows(ApiException.class, call);

        assertEquals(problem, refusal.problem());
        assertEquals(Status.MALFORMED, refusal.status());
        assertEquals(List.of(arguments), refusal.arguments());
    }
}
