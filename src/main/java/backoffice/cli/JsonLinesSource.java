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
import java.util.stream.Stream;

/**
 * A source of JSON lines in UTF-8, in the format of {@link Exporter}. Each line is <code>{"group":{"name":…}}</code> or
 * <code>{"customer":{…}}</code>, with the members of the API. Empty lines are skipped.
 */
final class JsonLinesSource implements ImportSource {

    private final InputStream input;
    private final long length;
    private final StrictJsonReader json;
    private final List<JsonNode> batch = new ArrayList<>();
    private ItemKind kind = ItemKind.GROUP;
    private long lineNumber;
    private long bytesRead;

    /**
     * Creates a source.
     *
     * @param length the length of the input in bytes; 0 when it is unknown, such as that of a pipe
     */
    JsonLinesSource(InputStream input, long length, StrictJsonReader json) {
        this.input = input;
        this.length = length;
        this.json = json;
    }

    @Override
    public void read(ImportSink sink) {
        // ISO-8859-1 keeps the bytes, so that a line that is not UTF-8 is refused. A reader of
        // UTF-8 would replace them.
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(input, ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                readLine(line, sink);
            }
        } catch (IOException e) {
            throw new SourceException("The file cannot be read: " + e.getMessage());
        }
        passOn(sink);
    }

    private void readLine(String line, ImportSink sink) {
        lineNumber++;
        bytesRead += line.length() + 1;
        if (line.isBlank()) {
            return;
        }
        try {
            JsonNode tree = json.parse(line.getBytes(ISO_8859_1));
            ItemKind next = kindOf(tree);
            if (next != kind || batch.size() == ImportSink.MAX_BATCH_SIZE) {
                passOn(sink);
                kind = next;
            }
            batch.add(tree.get(next.singular()));
        } catch (ApiException refused) {
            sink.refuse("line " + lineNumber, refused);
        }
    }

    private static ItemKind kindOf(JsonNode tree) {
        if (!tree.isObject()) {
            throw new ApiException(Problem.NOT_AN_OBJECT, tree.toString());
        }
        List<String> members = new ArrayList<>();
        tree.fieldNames().forEachRemaining(members::add);
        return Stream.of(ItemKind.values())
                .filter(kind -> members.equals(List.of(kind.singular())))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        Problem.UNKNOWN_MEMBER,
                        String.join(", ", members),
                        Stream.of(ItemKind.values()).map(ItemKind::singular).toList()));
    }

    private void passOn(ImportSink sink) {
        if (!batch.isEmpty()) {
            sink.take(kind, List.copyOf(batch), (double) bytesRead / length);
            batch.clear();
        }
    }
}
