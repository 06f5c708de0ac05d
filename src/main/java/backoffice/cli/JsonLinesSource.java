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
 * A file of JSON lines in UTF-8, as {@link Exporter} writes it: on each line <code>{"group":{"name":…}}</code> or
 * <code>{"customer":{…}}</code>, with the members of the API. Empty lines are passed over.
 */
final class JsonLinesSource implements ImportSource {

    private final InputStream file;
    private final long length;
    private final StrictJsonReader json;
    private final List<JsonNode> batch = new ArrayList<>();
    private ItemKind kind = ItemKind.GROUP;
    private long number;
    private long bytes;

    /** @param length of the file in bytes, 0 where nobody knows, as of a pipe */
    JsonLinesSource(InputStream file, long length, StrictJsonReader json) {
        this.file = file;
        this.length = length;
        this.json = json;
    }

    @Override
    public void read(ImportSink sink) {
        // Bytes as characters for now: what is not UTF-8 is refused line by line, and not replaced.
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                read(line, sink);
            }
        } catch (IOException e) {
            throw new SourceException("The file cannot be read: " + e.getMessage());
        }
        handOver(sink);
    }

    private void read(String line, ImportSink sink) {
        number++;
        bytes += line.length() + 1;
        if (line.isBlank()) {
            return;
        }
        try {
            JsonNode tree = json.parse(line.getBytes(ISO_8859_1));
            ItemKind next = kindOf(tree);
            if (next != kind || batch.size() == ImportSink.MOST_ITEMS) {
                handOver(sink);
                kind = next;
            }
            batch.add(tree.get(next.word()));
        } catch (ApiException refused) {
            sink.refuse("line " + number, refused);
        }
    }

    private static ItemKind kindOf(JsonNode tree) {
        if (!tree.isObject()) {
            throw new ApiException(Problem.NOT_AN_OBJECT, tree.toString());
        }
        List<String> members = new ArrayList<>();
        tree.fieldNames().forEachRemaining(members::add);
        return Stream.of(ItemKind.values())
                .filter(kind -> members.equals(List.of(kind.word())))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        Problem.UNKNOWN_MEMBER,
                        String.join(", ", members),
                        Stream.of(ItemKind.values()).map(ItemKind::word).toList()));
    }

    private void handOver(ImportSink sink) {
        if (!batch.isEmpty()) {
            sink.take(kind, List.copyOf(batch), (double) bytes / length);
            batch.clear();
        }
    }
}
