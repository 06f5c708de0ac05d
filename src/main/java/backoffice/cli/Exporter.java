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

/** Writes all that a vendor has as JSON lines, of one moment: groups, then customers. */
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
     * Writes to the end of a snapshot.
     *
     * @return what was written
     * @throws UncheckedIOException when it cannot be written
     */
    String write(ExportSnapshot snapshot, OutputStream out) {
        snapshot.groups(groups -> write(ItemKind.GROUP, groups, out));
        snapshot.customers(customers -> write(ItemKind.CUSTOMER, customers, out));
        return "%,d groups and %,d customers written."
                .formatted(written.getOrDefault(ItemKind.GROUP, 0L), written.getOrDefault(ItemKind.CUSTOMER, 0L));
    }

    private void write(ItemKind kind, List<? extends Record> items, OutputStream out) {
        stop.check();
        StringBuilder lines = new StringBuilder();
        for (Record item : items) {
            lines.append(line(kind, item)).append('\n');
        }
        try {
            out.write(lines.toString().getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        progress.at(kind.word() + "s", written.merge(kind, (long) items.size(), Long::sum), Double.NaN);
    }

    private String line(ItemKind kind, Record item) {
        try {
            return json.writeValueAsString(Map.of(kind.word(), item));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record is always JSON", e);
        }
    }
}
