package backoffice.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope.Page;
import backoffice.envelope.Problem;
import backoffice.json.StrictJsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.LineNumberReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * JSON lines in UTF-8, as the command {@code export} writes them: <code>{"group":{"name":…}}</code> or
 * <code>{"customer":{…}}</code>, with the members of the API. Empty lines are skipped.
 *
 * @param report gets the lines without a group or customer
 */
record JsonLinesSource(InputStream input, Report report) {

    /** @param sink takes up to {@link StrictJsonReader#MAX_BATCH} items of one kind, without a total */
    void read(BiConsumer<ItemKind, Page<JsonNode>> sink) throws IOException {
        List<JsonNode> batch = new ArrayList<>();
        ItemKind kind = ItemKind.GROUP;
        // ISO-8859-1 keeps the bytes, so that a line that is not UTF-8 is refused. UTF-8 would replace them.
        try (LineNumberReader lines = new LineNumberReader(new InputStreamReader(input, ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                try {
                    JsonNode tree = ItemKind.JSON.parse(line.getBytes(ISO_8859_1));
                    if (tree.isMissingNode()) {
                        continue;
                    }
                    ItemKind next = kindOf(tree);
                    if (next != kind || batch.size() == StrictJsonReader.MAX_BATCH) {
                        sink.accept(kind, new Page<>(null, batch));
                        batch = new ArrayList<>();
                        kind = next;
                    }
                    batch.add(item(tree.get(kind.singular), lines.getLineNumber()));
                } catch (ApiException refused) {
                    report.refuse("lines", "line " + lines.getLineNumber(), refused);
                }
            }
        }
        sink.accept(kind, new Page<>(null, batch));
    }

    private static JsonNode item(JsonNode item, int line) {
        if (item instanceof ObjectNode object) {
            return new LineItem(line, object);
        }
        throw new ApiException(Problem.NOT_AN_OBJECT, item.toString());
    }

    private static ItemKind kindOf(JsonNode tree) {
        Iterable<String> members = tree::fieldNames;
        return Stream.of(ItemKind.values())
                .filter(kind -> tree.size() == 1 && tree.has(kind.singular))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        Problem.UNKNOWN_MEMBER, String.join(", ", members), List.of("group", "customer")));
    }
}
