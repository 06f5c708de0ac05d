package backoffice;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.*;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.group.CustomerGroup;
import backoffice.group.CustomerGroupRepository;
import backoffice.pagination.PagedRepository;
import backoffice.persistence.Database;
import backoffice.testsupport.RepositoryFiles;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import io.netty.buffer.ByteBuf;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.persistence.Entity;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final Set<String> METHODS_OF_PANACHE = Stream.of(PanacheRepositoryBase.class.getMethods())
            .map(Method::getName)
            .collect(toSet());

    private static final JavaClasses MAIN = new ClassFileImporter().importPath("target/classes");

    /** The classes of other rooms that the search language uses. They need the JDK alone, as it does. */
    private static final String USED_BY_SEARCH =
            "(\\[L)?backoffice.(value.(WallTime|StorableText)|envelope.(ApiException|Excerpt|Location|Problem|Status));?";

    /** The JDK calls itself for each repetition of "(a|b)+", and tries all ways to repeat; not for "(a|b)++". */
    private static final Pattern REPEATED_GROUP = Pattern.compile(
            "\"[^\"\\n]*\\)(?:[*+](?!\\+)|\\{\\d+,\\d*})[^\"\\n]*\"|^quarkus.*matches=.*\\)[*+].*$", Pattern.MULTILINE);

    /** It compares names, because the erased types of parameters differ between Panache and a repository of one entity. */
    private static final ArchRule NO_METHOD_OF_PANACHE_WITHOUT_A_VENDOR = noClassesBut("pagination.PagedRepository")
            .should()
            .accessTargetWhere(describe(
                    "the target is a method of a repository that Panache declares",
                    access -> access.getTarget() instanceof CodeUnitAccessTarget target
                            && target.getOwner().isAssignableTo(PanacheRepositoryBase.class)
                            && METHODS_OF_PANACHE.contains(target.getName())
                            && target.resolveMember()
                                    .filter(method ->
                                            method.getOwner().getPackageName().startsWith("backoffice"))
                                    .isEmpty()))
            .because(
                    "every repository inherits the methods of Panache, which reach the rows of all vendors. The"
                            + " compiler accepts their use, so this rule is what keeps them out. PagedRepository adds the vendor");

    private static final Map<String, String> ROOMS_OF_ENTITIES = MAIN.stream()
            .filter(c -> c.isAnnotatedWith(Entity.class))
            .collect(toMap(JavaClass::getSimpleName, ArchitectureTest::room));

    private static final Pattern ENTITY_IN_HQL =
            Pattern.compile("\\b(?:from|join) (" + String.join("|", ROOMS_OF_ENTITIES.keySet()) + ")\\b");

    @Test
    void an_option_uses_the_edge_and_the_core_the_edge_uses_the_core_and_the_core_uses_the_core_alone() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("backoffice..")
                .layer("core")
                .definedBy("backoffice.[call|group|customer|search|execution|idempotency|bitkey|envelope|value|json"
                        + "|pagination|persistence|bulkhead]..")
                .layer("edge")
                .definedBy("backoffice.[http|protection|observability|openapi|console|schema]..")
                .layer("history")
                .definedBy("backoffice.history..")
                .layer("cli")
                .definedBy("backoffice.cli..")
                .layer("devmode")
                .definedBy("backoffice.devmode..")
                .whereLayer("edge")
                .mayOnlyBeAccessedByLayers("history", "cli", "devmode")
                .whereLayer("history")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("devmode")
                .mayNotBeAccessedByAnyLayer()
                .ensureAllClassesAreContainedInArchitecture()
                .check(MAIN);
    }

    @Test
    void the_groups_use_at_most_seven_other_rooms() {
        Set<String> used = usedBy("group");

        assertTrue(used.size() <= 7, used.toString());
    }

    /** A text of HQL names an entity without an import of its class. */
    @Test
    void hql_names_entities_of_rooms_that_its_own_room_does_not_use_only_for_the_groups_of_customers() {
        Set<String> arrows = RepositoryFiles.below("src/main/java")
                .filter(file -> file.toString().endsWith(".java"))
                .flatMap(file -> ENTITY_IN_HQL
                        .matcher(RepositoryFiles.text(file))
                        .results()
                        .map(entity -> Map.entry(
                                file.getParent().getFileName().toString(), ROOMS_OF_ENTITIES.get(entity.group(1)))))
                .filter(arrow -> !arrow.getKey().equals(arrow.getValue())
                        && !usedBy(arrow.getKey()).contains(arrow.getValue()))
                .map(arrow -> arrow.getKey() + " to " + arrow.getValue())
                .collect(toSet());

        assertEquals(Set.of("customer to group", "pagination to group", "search to group"), arrows);
    }

    private static Set<String> usedBy(String room) {
        return MAIN.stream()
                .filter(c -> room(c).equals(room))
                .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(target -> target.getPackageName().startsWith("backoffice."))
                .map(ArchitectureTest::room)
                .filter(used -> !used.equals(room))
                .collect(toSet());
    }

    private static String room(JavaClass c) {
        return c.getPackageName().replaceFirst("^backoffice\\.?", "").replaceFirst("\\..*", "");
    }

    @Test
    void rooms_do_not_depend_on_each_other_in_cycles() {
        slices().matching("backoffice.(*)..")
                .should()
                .beFreeOfCycles()
                .because("rooms that form a cycle cannot be read one by one")
                .check(MAIN);
    }

    @Test
    void search_depends_on_the_jdk_alone() {
        classes()
                .that()
                .resideInAPackage("backoffice.search..")
                .or()
                .haveNameMatching(USED_BY_SEARCH)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "backoffice.search..").or(nameMatching(USED_BY_SEARCH)))
                .because("the search language outlives the framework, the mapper and the JSON library of the day")
                .check(MAIN);
    }

    /** The Javadoc of each class says why, names the upstream issue, and says what breaks when the library changes. */
    @Test
    void internals_of_libraries_are_used_only_by_the_classes_on_the_list() {
        noClassesBut("openapi.LazyDocument")
                .should()
                .dependOnClassesThat(resideInAnyPackage("..impl..", "..internal..")
                        .or(resideInAnyPackage(
                                "org.jboss.resteasy.reactive.server.core..",
                                "org.jboss.resteasy.reactive.server.handlers..",
                                "org.jboss.resteasy.reactive.server.mapping..",
                                "io.quarkus.smallrye.openapi.runtime.."))
                        .and(resideOutsideOfPackage("backoffice..")))
                .because("a library changes its internals without notice")
                .check(MAIN);
    }

    @Test
    void all_exception_mappers_are_in_one_class() {
        noClassesBut("http.ExceptionMappers")
                .should()
                .dependOnClassesThat(assignableTo(ServerExceptionMapper.class))
                .because("one class shows how each failure is answered")
                .check(MAIN);
    }

    @Test
    void only_the_base_of_repositories_calls_methods_of_panache() {
        noClasses()
                .that()
                .areNotAssignableTo(PagedRepository.class)
                .and()
                .resideOutsideOfPackage("backoffice.persistence..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus.hibernate.reactive.panache..", "org.hibernate..")
                .because("Panache's own methods reach the rows of all vendors")
                .check(MAIN);
    }

    @Test
    void no_class_uses_a_method_of_panache_without_a_vendor() {
        NO_METHOD_OF_PANACHE_WITHOUT_A_VENDOR.check(MAIN);
    }

    @Test
    void every_use_of_a_method_of_panache_without_a_vendor_is_reported() {
        String report = NO_METHOD_OF_PANACHE_WITHOUT_A_VENDOR
                .evaluate(new ClassFileImporter().importClasses(PanacheWithoutAVendor.class))
                .getFailureReport()
                .toString();

        Set<String> unreported = Stream.of(PanacheWithoutAVendor.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .filter(use -> !report.contains("PanacheWithoutAVendor." + use + "("))
                .collect(toSet());
        assertEquals(Set.of(), unreported);
    }

    @Test
    void statements_without_a_vendor_are_those_of_the_bitkeys_and_of_checks_of_the_database() {
        noClassesBut(
                        "bitkey.StoredBitkeys",
                        "cli.KeysCommand",
                        "history.RecordingCheck",
                        "persistence.Citus",
                        "schema.SchemaCheck")
                .should()
                .callMethod(Database.class, "withoutVendor", String.class, Object[].class)
                .because("such a statement reaches the rows of all vendors")
                .check(MAIN);
    }

    @Test
    void only_persistence_executes_sql_of_its_own() {
        noClasses()
                .that()
                .resideOutsideOfPackages("backoffice.persistence..", "backoffice.observability..")
                .should()
                .dependOnClassesThat(assignableTo(SqlClient.class).or(assignableTo(io.vertx.sqlclient.SqlClient.class)))
                .because("a repository executes its statements through VendorSql, which binds the vendor")
                .check(MAIN);
    }

    @Test
    void only_the_call_travels_with_the_context() {
        noClassesBut("call.Call")
                .should()
                .dependOnClassesThat(assignableTo(ContextLocals.class))
                .because("what a method needs is among its parameters, where its reader sees it")
                .check(MAIN);
    }

    /** The build of the executable initializes the classes of the service, and those of the buffers at run time. */
    @Test
    void no_constant_is_a_buffer() {
        noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(assignableTo(Buffer.class).or(assignableTo(ByteBuf.class)))
                .because("native-image refuses an object whose class is initialized at run time")
                .check(MAIN);
    }

    @Test
    void texts_of_clients_reach_the_terminal_of_a_command_through_one_class() {
        noClassesBut("cli.Terminal").should(ACCESS_STANDARD_STREAMS).check(MAIN);
    }

    @Test
    void no_regular_expression_repeats_a_group() {
        assertEquals(
                "",
                RepositoryFiles.below("src/main")
                        .filter(file -> file.toString().matches(".*[.](java|properties)"))
                        .flatMap(file -> REPEATED_GROUP
                                .matcher(RepositoryFiles.text(file))
                                .results()
                                .map(text -> file + ": " + text.group()))
                        .collect(joining("\n")));
    }

    /** All classes but these, with the classes inside of them. */
    private static GivenClassesConjunction noClassesBut(String... names) {
        return noClasses()
                .that(describe(
                        "are not " + List.of(names),
                        c -> !List.of(names)
                                .contains(c.getName()
                                        .replaceFirst("^backoffice\\.", "")
                                        .replaceFirst("\\$.*", ""))));
    }

    /** What the rule has to report: calls with and without parameters, and references to methods. */
    private abstract static class PanacheWithoutAVendor extends PagedRepository<CustomerGroup> {

        PanacheWithoutAVendor() {
            super(null);
        }

        Uni<?> callWithValues() {
            return update("name = ?1 where vendor = ?2", "a", "acme");
        }

        Uni<?> callOfAnotherRepository(CustomerGroupRepository groups) {
            return groups.listAll();
        }

        BiFunction<String, Map<String, Object>, Uni<Integer>> referenceWithParameters() {
            return this::update;
        }

        Supplier<Uni<?>> callInALambda() {
            return () -> list("name", "a");
        }
    }
}
