package backoffice.search;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HqlFunctionTest {

    @ParameterizedTest
    @EnumSource
    void the_sql_of_a_function_has_all_of_its_arguments_and_no_others(HqlFunction function) {
        int arguments = function.arguments();

        assertTrue(arguments > 0 && function.sqlPattern().contains("?" + arguments), function.sqlPattern());
        assertFalse(function.sqlPattern().contains("?" + (arguments + 1)), function.sqlPattern());
        assertTrue(function.call("x").matches("\\w+\\(x\\)"), function.call("x"));
    }

    @Test
    void each_function_has_a_name_and_a_type_of_its_own_and_arrays_have_that_of_their_elements() {
        List<String> types = Stream.of(HqlFunction.values())
                .map(function -> function.hqlName() + " "
                        + (function.type() == null ? "-" : function.type().getSimpleName()))
                .toList();

        assertEquals(
                List.of(
                        "equal_any Boolean",
                        "matches Boolean",
                        "like_any Boolean",
                        "contains_text Boolean",
                        "contains_any Boolean",
                        "in_array_of Boolean",
                        "texts String",
                        "array_of -",
                        "optional_array_of -",
                        "bytes_of Integer"),
                types);
    }

    @Test
    void texts_of_a_customer_are_joined_by_the_separator() {
        assertThat(HqlFunction.TEXTS.sqlPattern(), startsWith("(?1 || E'\\x1f' || coalesce(?2, '')"));
    }
}
