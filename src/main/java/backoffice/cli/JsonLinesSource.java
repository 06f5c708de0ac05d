package backoffice.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.json.StrictJsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A source of JSON lines in UTF-8, as the command {@code export} writes them: <code>{"group":{"name":…}}</code> or
 * <code>{"customer":{…}}</code>, with the members of the API. Empty lines are skipped.
 */
final class JsonLinesSource implements Source {

    private static final List<String> KINDS =
            Stream.of(ItemKind.values()).map(ItemKind::singular).toList();

    private final InputStream input;
    private final List<JsonNode> batch = new ArrayList<>();
    private ItemKind kind = ItemKind.GROUP;

    JsonLinesSource(InputStream input) {
        this.input = input;
    }

    @Override
    public void read(Sink sink) {
        // ISO-8859-1 keeps the bytes, so that a line that is not UTF-8 is refused. UTF-8 would replace them.
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(input, ISO_8859_1))) {
            long lineNumber = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine(), lineNumber++) {
                try {
                    byte[] json = line.getBytes(ISO_8859_1);
                    if (!StrictJsonReader.isBlank(json)) {
                        readItem(ItemKind.JSON.parse(json), sink);
                    }
                } catch (ApiException refused) {
                    sink.refuse("line " + lineNumber, refused);
                }
            }
        } catch (IOException e) {
            throw new CommandException("The file cannot be read: " + e.getMessage());
        }
        passOn(sink);
    }

    private void readItem(JsonNode tree, Sink sink) {
        if (!tree.isObject()) {
            throw new ApiException(Problem.NOT_AN_OBJECT, tree.toString());
        }
        ItemKind next = Stream.of(ItemKind.values())
                .filter(candidate -> tree.size() == 1 && tree.has(candidate.singular()))
                .findFirst()
                .orElseThrow(() -> new ApiException(Problem.UNKNOWN_MEMBER, members(tree), KINDS));
        if (next != kind || batch.size() == ItemKind.MAX_BATCH_SIZE) {
            passOn(sink);
            kind = next;
        }
        batch.add(tree.get(next.singular()));
    }

    private static String members(JsonNode tree) {
        return tree.properties().stream().map(Map.Entry::getKey).collect(Collectors.joining(", "));
    }

    private void passOn(Sink sink) {
        if (!batch.isEmpty()) {
            sink.take(kind, List.copyOf(batch), null);
            batch.clear();
        }
    }
}
