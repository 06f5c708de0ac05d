package backoffice.docs;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import backoffice.envelope.Status;
import backoffice.search.Field;
import backoffice.search.Fields;
import backoffice.search.Operator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Markdown tables of docs/api.md and of the OpenAPI document. Those of searches have what the code has. */
public final class ApiTables {

    private ApiTables() {}

    /** The operators of {@code querys}. */
    public static String operators() {
        return table(
                List.of("`op`", "number of `values`", "true when the field"),
                Stream.of(Operator.values()).map(op -> List.of(names(op), op.arity(), meaning(op))));
    }

    /** The fields of a searchable resource. Those that are alike have one row. */
    public static String fields(Fields resource) {
        Map<List<String>, String> rows = resource.fields().stream()
                .collect(groupingBy(
                        ApiTables::properties,
                        LinkedHashMap::new,
                        mapping(field -> code(field.name()), joining(", "))));
        return table(
                List.of("field of `querys`", "holds", "may have no value", "field of `sorts`"),
                rows.entrySet().stream()
                        .map(row -> Stream.concat(Stream.of(row.getValue()), row.getKey().stream())
                                .toList()));
    }

    /** The status codes. */
    public static String statuses() {
        return table(
                List.of("`status`", "HTTP", "when"),
                Stream.of(Status.values()).map(code -> List.of(code.number(), code.httpCode(), meaning(code))));
    }

    /** The lines of a section of docs/api.md that belong to a table. */
    static String of(String section) {
        return Pattern.compile("(?ms)^### " + Pattern.quote(section) + " .*?(?=^##|\\z)")
                .matcher(Page.of("docs/api.md").text())
                .results()
                .flatMap(match -> match.group().lines())
                .filter(line -> line.startsWith("|"))
                .collect(joining("\n"));
    }

    /** When a call gets a status, as docs/api.md says. */
    public static String meaning(Status status) {
        return lastCell("8.1", "| %d | %d | ".formatted(status.number(), status.httpCode()));
    }

    /** When an operator is true, as docs/api.md says. */
    public static String meaning(Operator operator) {
        return lastCell("6.2", "| %s | %s | ".formatted(names(operator), operator.arity()));
    }

    private static String lastCell(String section, String start) {
        return of(section)
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length(), line.length() - " |".length()))
                .collect(joining());
    }

    private static String names(Operator operator) {
        return operator.wireNames().stream().map(ApiTables::code).collect(joining(", "));
    }

    private static List<String> properties(Field field) {
        String type = field.type().name().toLowerCase(Locale.ROOT);
        return List.of(type, yesOrNo(field.nullable()), yesOrNo(field.sortable()));
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }

    private static String code(String word) {
        return "`" + word + "`";
    }

    private static String table(List<String> header, Stream<? extends List<?>> rows) {
        String separator = "|" + "---|".repeat(header.size());
        return Stream.concat(Stream.of(line(header), separator), rows.map(ApiTables::line))
                .collect(joining("\n"));
    }

    private static String line(List<?> cells) {
        return cells.stream().map(String::valueOf).collect(joining(" | ", "| ", " |"));
    }
}
