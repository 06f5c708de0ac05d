package backoffice.persistence;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every statement of every repository binds the vendor, so that it cannot reach the rows of another vendor. */
class VendorScopeTest {

    private static final Pattern STATEMENT =
            Pattern.compile("\\s*(select|insert|update|delete|with)\\b.*", Pattern.DOTALL);
    private static final Pattern ROWS = Pattern.compile(
            "\\b(from|join|into|update) (customer|customer_group|row_count|stored_response|change)\\b( [a-z]\\w*)?");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("backoffice");

    static Stream<Arguments> statements() {
        return MAIN.stream()
                .filter(c -> c.isAssignableTo(VendorScopedRepository.class))
                .flatMap(c -> statementsOf(c.getName()));
    }

    /** The SQL statements that a class has as constants. */
    static Stream<Arguments> statementsOf(String className) {
        return Stream.of(MAIN.get(className).reflect().getDeclaredFields())
                .filter(f -> Modifier.isStatic(f.getModifiers()) && f.getType() == String.class)
                .map(f -> Arguments.of(f.getDeclaringClass().getSimpleName() + "." + f.getName(), value(f)))
                .filter(a -> STATEMENT.matcher((String) a.get()[1]).matches());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("statements")
    void a_statement_of_a_repository_binds_the_vendor(String name, String sql) {
        assertTrue(sql.contains("$1"), sql);
        List<String> tables =
                ROWS.matcher(sql).results().map(found -> found.group()).toList();

        assertFalse(!tables.isEmpty() && !sql.contains("vendor"), sql);
    }

    @Test
    void repositories_have_statements() {
        assertTrue(statements().count() > 10);
    }

    private static String value(Field field) {
        try {
            field.setAccessible(true);
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
