package backoffice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes a snapshot of a vendor as JSON lines in UTF-8: the groups, and then the customers. */
final class Exporter {

    private final ObjectMapper json;
    private final ProgressPrinter progress;
    private final GracefulStop stop;
    private final Map<ItemKind, Long> written = new EnumMap<>(ItemKind.class);

    Exporter(ObjectMapper json, ProgressPrinter progress, GracefulStop stop) {
        this.stop = stop;
        this.json = json;
        this.progress = progress;
    }

    /**
     * Writes all of a snapshot.
     *
     * @return a sentence with the numbers of groups and customers
     * @throws UncheckedIOException when the output cannot be written
     * @throws SourceException when the command is stopped
     */
    String write(ExportSnapshot snapshot, OutputStream out) {
        snapshot.groups(groups -> write(ItemKind.GROUP, groups, out));
        snapshot.customers(customers -> write(ItemKind.CUSTOMER, customers, out));
        return "%,d groups and %,d customers written."
                .formatted(written.getOrDefault(ItemKind.GROUP, 0L), written.getOrDefault(ItemKind.CUSTOMER, 0L));
    }

    private void write(ItemKind kind, List<? extends Record> items, OutputStream out) {
        stop.throwIfStopped();
        StringBuilder lines = new StringBuilder();
        for (Record item : items) {
            lines.append(line(kind, item)).append('\n');
        }
        try {
            out.write(lines.toString().getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        progress.update(kind.plural(), written.merge(kind, (long) items.size(), Long::sum), Double.NaN);
    }

    private String line(ItemKind kind, Record item) {
        try {
            return json.writeValueAsString(Map.of(kind.singular(), item));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record is always JSON", e);
        }
    }
}
