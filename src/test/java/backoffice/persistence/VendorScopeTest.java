package backoffice.persistence;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.pagination.PagedList;
import backoffice.search.Hql;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every statement of every repository binds the vendor, so that it cannot reach the rows of another vendor. */
class VendorScopeTest {

    private static final Pattern SQL = Pattern.compile("\\s*(select|insert|update|delete|with)\\b.*", Pattern.DOTALL);
    private static final Pattern BINDS_VENDOR = Pattern.compile(
            ".*\\bvendor = \\$1\\b.*|\\s*insert into \\w+ \\(vendor,.*?(?:values \\(|select )(?:cast\\()?\\$1\\b.*",
            Pattern.DOTALL);
    private static final Pattern ALIAS_IN_HQL = Pattern.compile("\\b(?:from|join) [A-Z]\\w+ (\\w+)");
    private static final Pattern PARAMETER_OF_HQL = Pattern.compile("(?<!:):[a-zA-Z]\\w*");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("backoffice");

    private static final Hql SEARCH = search(false);
    private static final Hql SPARSE_SEARCH = search(true);
    private static final Hql SEARCH_IN_PARTS = search(false, new Hql.Part("1", null), new Hql.Part("1", "1"));

    private static Hql search(boolean isSparse, Hql.Part... parts) {
        return new Hql(
                new Hql.Where(" and 2 > 1", "", null, isSparse),
                new Hql.OrderBy("1", "1", List.of(parts)),
                new Hql.Effort(true, 1),
                Map.of());
    }

    static Stream<Arguments> sqlStatements() {
        return repositories()
                .flatMap(c -> constants(c, String.class))
                .filter(a -> SQL.matcher(sent(a)).matches() && !isHql(sent(a)));
    }

    static Stream<Arguments> hql() {
        return Stream.concat(
                repositories().flatMap(c -> constants(c, String.class)).filter(a -> isHql(sent(a))),
                repositories().flatMap(c -> constants(c, PagedList.class)).flatMap(VendorScopeTest::pages));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sqlStatements")
    void a_statement_of_sql_binds_the_vendor(String name, String sql) {
        assertTrue(BINDS_VENDOR.matcher(sql).matches(), sql);
    }

    /** Panache would replace them by a regular expression in each call. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("hql")
    void hql_has_no_two_blanks_in_a_row(String name, String hql) {
        assertFalse(hql.replace('\n', ' ').contains("  "), hql);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hql")
    void hql_has_a_condition_on_the_vendor_for_each_alias(String name, String hql) {
        List<String> aliases =
                ALIAS_IN_HQL.matcher(hql).results().map(found -> found.group(1)).toList();

        assertTrue(hql.contains("vendor = :vendor"), hql);
        for (String alias : aliases) {
            Pattern condition = Pattern.compile("\\b" + alias + "\\.vendor = :vendor\\b");
            // Subqueries may have the same alias again.
            assertTrue(
                    condition.matcher(hql).results().count() >= Collections.frequency(aliases, alias),
                    "no condition on the vendor of " + alias + ": " + hql);
        }
    }

    @Test
    void repositories_have_statements() {
        assertTrue(sqlStatements().count() > 10);
        assertTrue(hql().count() > 10);
    }

    private static boolean isHql(String constant) {
        return !constant.contains("$1")
                && (ALIAS_IN_HQL.matcher(constant).find()
                        || PARAMETER_OF_HQL.matcher(constant).find());
    }

    /** The statements of a list: of the whole list, and of what a search finds. */
    private static Stream<Arguments> pages(Arguments constant) {
        PagedList list = (PagedList) constant.get()[1];
        Stream<String> found = Stream.of(SEARCH, SPARSE_SEARCH, SEARCH_IN_PARTS)
                .filter(search -> search == SEARCH || list.getClass() != PagedList.class)
                .map(list::hql);
        return Stream.concat(list.statements(), found).map(hql -> Arguments.of(constant.get()[0], hql));
    }

    private static Stream<JavaClass> repositories() {
        return MAIN.stream()
                .filter(c -> c.getDirectDependenciesFromSelf().stream()
                        .anyMatch(used -> used.getTargetClass().isEquivalentTo(VendorSql.class)))
                .filter(c -> c.getMethodCallsFromSelf().stream()
                        .noneMatch(call -> call.getName().equals("withoutVendor")));
    }

    private static Stream<Arguments> constants(JavaClass owner, Class<?> type) {
        return Stream.of(owner.reflect().getDeclaredFields())
                .filter(f -> Modifier.isStatic(f.getModifiers()) && f.getType() == type)
                .map(Unchecked.function(f -> {
                    f.setAccessible(true);
                    return Arguments.of(owner.getSimpleName() + "." + f.getName(), f.get(null));
                }));
    }

    private static String sent(Arguments constant) {
        return (String) constant.get()[1];
    }
}
