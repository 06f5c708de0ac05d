package backoffice;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.persistence.VendorRepository;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final Set<JavaMethod> PANACHE =
            new ClassFileImporter().importClass(PanacheRepositoryBase.class).getMethods();

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("backoffice");

    /** For each folder, the other folders whose classes it may use. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry(
                    "cli",
                    Set.of(
                            "changes",
                            "cluster",
                            "schema",
                            "customer",
                            "group",
                            "json",
                            "persistence",
                            "vendor",
                            "envelope",
                            "value")),
            entry("replica", Set.of("persistence", "value")),
            entry("cluster", Set.of()),
            entry("schema", Set.of()),
            entry("hql", Set.of("search")),
            entry(
                    "group",
                    Set.of(
                            "changes",
                            "customer",
                            "entity",
                            "idempotency",
                            "persistence",
                            "vendor",
                            "search",
                            "envelope",
                            "value")),
            entry(
                    "customer",
                    Set.of("changes", "entity", "idempotency", "persistence", "vendor", "search", "envelope", "value")),
            entry(
                    "changes",
                    Set.of("entity", "http", "persistence", "protection", "observability", "envelope", "value")),
            entry("idempotency", Set.of("entity", "http", "persistence", "envelope", "value")),
            entry("http", Set.of("json", "protection", "observability", "vendor", "search", "envelope")),
            entry("vendor", Set.of("persistence", "protection", "observability", "envelope", "value")),
            entry("protection", Set.of("observability", "envelope")),
            entry("observability", Set.of("envelope", "persistence")),
            entry("persistence", Set.of("hql", "search", "envelope", "value")),
            entry("openapi", Set.of("search", "envelope")),
            entry("json", Set.of("envelope", "value")),
            entry("search", Set.of("value")),
            entry("value", Set.of("envelope")),
            entry("envelope", Set.of()),
            entry("entity", Set.of()),
            entry("console", Set.of()),
            entry("devmode", Set.of()));

    /**
     * The classes that use internals of a library, each with the package that it uses. The Javadoc of each class says
     * why, names the upstream issue, and says what breaks when the library changes.
     */
    private static final Map<String, String> INTERNALS = Map.of(
            "backoffice.hql.HqlParserWarmUp", "org.hibernate.query.hql.internal",
            "backoffice.persistence.Sessions", "org.hibernate.reactive.mutiny.impl",
            "backoffice.openapi.DocumentServiceBinding", "io.quarkus.smallrye.openapi.runtime");

    static Stream<Arguments> folders() {
        return MAY_USE.entrySet().stream().map(folder -> Arguments.of(folder.getKey(), folder.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folders")
    void a_folder_uses_only_the_folders_below_it(String folder, Set<String> mayUse) {
        String[] packages = Stream.concat(Stream.of(folder), mayUse.stream())
                .map(r -> "backoffice." + r + "..")
                .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage("backoffice." + folder + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(packages).or(resideOutsideOfPackage("backoffice..")))
                .because("you can understand and change a folder with only the folders below it in mind")
                .check(MAIN);
    }

    @Test
    void every_folder_is_listed() {
        Set<String> folders = MAIN.stream()
                .map(c -> c.getPackageName().replaceFirst("^backoffice\\.?", "").replaceFirst("\\..*", ""))
                .collect(toSet());

        assertEquals(MAY_USE.keySet(), folders);
    }

    @Test
    void folders_do_not_depend_on_each_other_in_cycles() {
        slices().matching("backoffice.(*)..")
                .should()
                .beFreeOfCycles()
                .because("folders that form a cycle cannot be read one by one")
                .check(MAIN);
    }

    @Test
    void search_depends_on_the_jdk_alone() {
        classes()
                .that()
                .resideInAPackage("backoffice.search..")
                .or()
                .haveNameMatching("backoffice.value.(WallTime|StorableText)")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "backoffice.search..")
                        .or(nameMatching("backoffice.value.(WallTime|StorableText)")))
                .because("the search language outlives the framework, the mapper and the JSON library of the day")
                .check(MAIN);
    }

    @Test
    void internals_of_libraries_are_used_only_by_the_classes_on_the_list() {
        noClasses()
                .that(not(belongToAnyOf(INTERNALS.keySet())))
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

    static Stream<Arguments> internals() {
        return INTERNALS.entrySet().stream().map(use -> Arguments.of(use.getKey(), use.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("internals")
    void a_class_on_the_list_uses_the_internals_that_the_list_names(String user, String internals) {
        Set<String> used = MAIN.get(user).getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getPackageName())
                .filter(name -> name.matches(".*\\.(impl|internal)(\\..*)?") || name.equals(internals))
                .collect(toSet());

        assertEquals(Set.of(internals), used);
    }

    @Test
    void only_the_base_of_repositories_calls_methods_of_panache() {
        noClasses()
                .that()
                .areNotAssignableTo(VendorRepository.class)
                .and()
                .resideOutsideOfPackages("backoffice.persistence..", "backoffice.replica..", "backoffice.hql..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus.hibernate.reactive.panache..", "org.hibernate..")
                .because("Panache's own methods reach the rows of all vendors")
                .check(MAIN);
    }

    @Test
    void no_class_calls_a_method_that_panache_declares() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("backoffice.replica.ReplicaRepository")
                .should()
                .callMethodWhere(describe(
                        "the target is declared by a repository of Panache",
                        call -> call.getTargetOwner().isAssignableTo(PanacheRepositoryBase.class)
                                && PANACHE.stream()
                                        .anyMatch(method -> method.getName().equals(call.getName())
                                                && method.getRawParameterTypes()
                                                        .equals(call.getTarget().getRawParameterTypes()))))
                .because("Panache's own methods reach the rows of all vendors")
                .check(MAIN);
    }

    @Test
    void no_entity_has_methods_of_panache() {
        noClasses()
                .should()
                .beAssignableTo(PanacheEntityBase.class)
                .because("deleteAll() and findById() know no vendor")
                .check(MAIN);
    }

    @Test
    void every_repository_is_scoped_by_vendor() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Repository")
                .and()
                .resideOutsideOfPackage("backoffice.replica..")
                .should()
                .beAssignableTo(VendorRepository.class)
                .because("the base type binds the vendor in each statement")
                .check(MAIN);
    }

    @Test
    void only_persistence_executes_sql_of_its_own() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "backoffice.persistence..",
                        "backoffice.replica..",
                        "backoffice.cli..",
                        "backoffice.observability..")
                .should()
                .dependOnClassesThat(assignableTo(SqlClient.class))
                .because("a repository executes its statements through its base type, which binds the vendor")
                .check(MAIN);
    }

    private static DescribedPredicate<JavaClass> belongToAnyOf(Set<String> names) {
        return describe("belong to " + names, c -> names.contains(c.getName().replaceFirst("\\$.*", "")));
    }
}
