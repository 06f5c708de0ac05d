package backoffice.openapi;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import backoffice.testsupport.RepositoryFiles;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Clients in any language can be generated from the document, and they understand the answers of a later minor version. */
@QuarkusTest
class SchemasTest {

    private Document document;

    @BeforeEach
    void read() {
        document = Document.served();
    }

    @Test
    void an_answer_may_have_members_and_values_that_a_client_does_not_know() {
        List<JsonNode> answers = document.calls().stream()
                .flatMap(call -> call.operation().get("responses").propertyStream())
                .flatMap(response ->
                        document.schemas(document.resolve(response.getValue()).at("/content/application~1json/schema")))
                .toList();

        for (JsonNode schema : answers) {
            assertEquals(isObject(schema), schema.path("additionalProperties").asBoolean(), schema::toPrettyString);
            assertFalse(schema.has("enum") || schema.has("const"), schema::toPrettyString);
        }
        JsonNode status = document.root().at("/components/schemas/Failure/properties/status");
        assertThat(answers, hasItems(status));
        assertFalse(status.has("maximum"));
    }

    @Test
    void a_request_has_only_members_that_the_document_names() {
        assertEquals(
                List.of(),
                requests()
                        .filter(SchemasTest::isObject)
                        .filter(schema -> schema.path("additionalProperties").asBoolean(true))
                        .toList());
    }

    /** Clients for Java send a member without a value as null if null is not among its types. */
    @Test
    void a_member_that_a_request_can_leave_out_has_null_among_its_types() {
        List<String> others = requests()
                .flatMap(schema -> schema.path("properties")
                        .propertyStream()
                        .filter(member -> !schema.path("required").toString().contains('"' + member.getKey() + '"'))
                        .filter(member -> !document.resolve(member.getValue())
                                .path("type")
                                .toString()
                                .contains("null"))
                        .map(member -> schema.path("description").asText() + ": " + member.getKey()))
                .toList();

        assertEquals(List.of(), others);
    }

    @Test
    void each_example_of_a_parameter_fits_its_schema() {
        List<String> unfit = document.calls().stream()
                .flatMap(call -> call.parameters().stream())
                .flatMap(parameter -> parameter
                        .path("examples")
                        .valueStream()
                        .flatMap(example -> document.errors(parameter.get("schema"), example.get("value")).stream())
                        .map(error -> parameter.get("name") + ": " + error))
                .distinct()
                .toList();

        assertEquals(List.of(), unfit);
    }

    private Stream<JsonNode> requests() {
        return document.calls().stream().map(document::bodySchema).flatMap(document::schemas);
    }

    private static boolean isObject(JsonNode schema) {
        return schema.has("properties");
    }

    @TestFactory
    Stream<DynamicTest> each_example_of_an_answer_has_only_members_that_the_document_names() {
        Document strict = document.strict();
        return strict.calls().stream()
                .flatMap(call -> strict.answers(call).stream())
                .map(answer -> dynamicTest(
                        answer.toString(),
                        () -> assertEquals(
                                List.of(),
                                strict.errors(strict.answerSchema(answer.call(), answer.code()), answer.body()))));
    }

    /** PHP knows no escape of four hexadecimal digits, and other languages lack other escapes. */
    @Test
    void the_patterns_mean_the_same_in_each_language() {
        assertEquals(
                List.of(),
                document.root().findValuesAsText("pattern").stream()
                        .filter(Pattern.compile("\\\\[a-zA-Z&&[^d]]").asPredicate())
                        .toList());
    }

    @Test
    void its_version_is_that_of_the_service() {
        String version = document.root().at("/info/version").asText();

        assertTrue(
                RepositoryFiles.text(Path.of("pom.xml")).contains("\n  <version>" + version + "</version>\n"), version);
    }
}
