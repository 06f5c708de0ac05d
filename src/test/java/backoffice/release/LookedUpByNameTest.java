package backoffice.release;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.RepositoryFiles;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is looked up by its name at run time is in the native executable only if reachability-metadata.json names it. Each
 * entry follows from one of these rules.
 */
class LookedUpByNameTest {

    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path METADATA =
            CLASSES.resolve("META-INF/native-image/backoffice/customer-groups/reachability-metadata.json");

    /** Services that are looked up while the executable is built. The first one is for dev mode alone. */
    private static final Set<String> SERVICES_OF_THE_BUILD = Set.of(
            "io.smallrye.config.ConfigSourceFactory",
            "io.smallrye.config.SmallRyeConfigBuilderCustomizer",
            "jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension",
            "org.hibernate.boot.model.FunctionContributor");

    /** Extensions of Quarkus have entries of their own for these classes. */
    private static final Set<String> CLASSES_OF_QUARKUS = Set.of(
            "org.eclipse.parsson.JsonProviderImpl",
            "org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy");

    /** The name of a class as a whole text of Java, or as the whole value of a property. */
    private static final Pattern NAME_OF_A_CLASS =
            Pattern.compile("(?m)(?<=[\"=])(?:[a-z]\\w*\\.)+[A-Z]\\w*(?=\"(?!\\.)|$)");

    private static final Pattern LOOKUP = Pattern.compile(
            "Class\\.(forName|getResource|get(Declared)?(Method|Field|Constructor)s?)"
                    + "|(ClassLoader|ServiceLoader|Proxy|Lookup)\\.\\w+|MethodHandles\\.privateLookupIn|\\w+\\.(trySet|set)Accessible");

    @Test
    void the_metadata_has_each_file_bundle_and_class_that_is_looked_up_by_name_and_no_other() throws IOException {
        JsonNode metadata = new ObjectMapper().readTree(METADATA.toFile());

        assertEquals(
                lines(Stream.of(services(), filesOfRooms(), classesOfSettings()).flatMap(entries -> entries)),
                lines(metadata.valueStream().flatMap(JsonNode::valueStream).map(JsonNode::toString)));
    }

    @Test
    void no_class_looks_up_a_name_in_a_way_that_has_no_rule_here() {
        JavaClasses main = new ClassFileImporter().importPath(CLASSES.resolve("backoffice"));

        noClasses()
                .that()
                .resideOutsideOfPackage("backoffice.devmode")
                .should()
                .accessTargetWhere(describe("looks up a name", LookedUpByNameTest::looksUp))
                .check(main);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.github.benmanes.caffeine..")
                .because("it looks up a class by its name for each set of options of a cache")
                .check(main);
    }

    private static boolean looksUp(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getSimpleName();
        return LOOKUP.matcher(owner + "." + access.getTarget().getName()).matches();
    }

    /** The file of each service, and the classes that it names. */
    private static Stream<String> services() {
        return RepositoryFiles.below(CLASSES.resolve("META-INF/services").toString())
                .filter(file ->
                        !SERVICES_OF_THE_BUILD.contains(file.getFileName().toString()))
                .flatMap(file -> Stream.concat(
                        Stream.of("{\"glob\":\"%s\"}".formatted(CLASSES.relativize(file))),
                        RepositoryFiles.text(file).lines().map(LookedUpByNameTest::constructor)));
    }

    /** What a room has beside its classes, it reads by name: bundles of messages, and other files. */
    private static Stream<String> filesOfRooms() {
        return RepositoryFiles.below(CLASSES.resolve("backoffice").toString())
                .map(file -> CLASSES.relativize(file).toString())
                .filter(file -> !file.endsWith(".class"))
                .map(file -> file.endsWith(".properties")
                        ? "{\"bundle\":\"%s\"}"
                                .formatted(file.replaceFirst("(_\\w+)?\\.properties", "")
                                        .replace('/', '.'))
                        : "{\"glob\":\"%s\"}".formatted(file));
    }

    private static Stream<String> classesOfSettings() {
        return RepositoryFiles.below("src/main/java", "src/main/resources/application.properties")
                .map(RepositoryFiles::text)
                .flatMap(text -> NAME_OF_A_CLASS.matcher(text).results())
                .map(MatchResult::group)
                .filter(name -> !CLASSES_OF_QUARKUS.contains(name))
                .map(LookedUpByNameTest::constructor);
    }

    private static String constructor(String name) {
        return "{\"type\":\"%s\",\"methods\":[{\"name\":\"<init>\",\"parameterTypes\":[]}]}".formatted(name);
    }

    private static String lines(Stream<String> entries) {
        return entries.distinct().sorted().collect(joining("\n"));
    }
}
