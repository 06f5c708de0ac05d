package backoffice;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RoomsTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("backoffice");

    /** Which rooms the classes of a room may use, besides their own. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("search", Set.of()),
            entry("envelope", Set.of("search")),
            entry("value", Set.of("envelope")),
            entry("vendor", Set.of("envelope")),
            entry("document", Set.of("search", "envelope")),
            entry("database", Set.of("search", "envelope")),
            entry("operation", Set.of("envelope")),
            entry("transport", Set.of("search", "envelope", "value", "vendor", "operation")),
            entry("replay", Set.of("envelope", "vendor", "database", "transport")),
            entry("customer", Set.of("search", "envelope", "value", "vendor", "database", "replay")),
            entry("group", Set.of("search", "envelope", "value", "vendor", "database", "replay", "customer")),
            entry("moving", Set.of("envelope", "value", "vendor", "database", "transport", "customer", "group")),
            entry("command", Set.of("database", "moving")),
            entry("console", Set.of()),
            entry("embedded", Set.of()));

    static Stream<Arguments> rooms() {
        return MAY_USE.entrySet().stream().map(room -> Arguments.of(room.getKey(), room.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rooms")
    void a_room_uses_only_the_rooms_below_it(String room, Set<String> mayUse) {
        String[] packages = Stream.concat(Stream.of(room), mayUse.stream())
                .map(r -> "backoffice." + r + "..")
                .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage("backoffice." + room + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(packages).or(resideOutsideOfPackage("backoffice..")))
                .because("a room is understood, and changed, with the rooms below it alone in mind")
                .check(MAIN);
    }

    @Test
    void every_room_has_its_place() {
        Set<String> rooms = MAIN.stream()
                .map(c -> c.getPackageName().replaceFirst("^backoffice\\.?", "").replaceFirst("\\..*", ""))
                .collect(toSet());

        assertEquals(MAY_USE.keySet(), rooms);
    }

    @Test
    void rooms_do_not_depend_on_each_other_in_circles() {
        slices().matching("backoffice.(*)..")
                .should()
                .beFreeOfCycles()
                .because("rooms in a circle are one room that nobody can read in parts")
                .check(MAIN);
    }

    @Test
    void search_depends_on_the_jdk_alone() {
        classes()
                .that()
                .resideInAPackage("backoffice.search..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "backoffice.search..")
                .because("the search language outlives the framework, the mapper and the JSON library of the day")
                .check(MAIN);
    }

    @Test
    void the_inside_of_the_framework_is_used_by_transport_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("backoffice.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.jboss.resteasy.reactive.server.core..",
                        "org.jboss.resteasy.reactive.server.handlers..",
                        "org.jboss.resteasy.reactive.server.mapping..")
                .because("the inside changes without notice, and then one room should break")
                .check(MAIN);
    }
}
