package backoffice.cli;

import backoffice.envelope.Excerpt;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints what differs between two sources. The items of the first one are in memory, as text. */
final class Comparison {

    private static final String SEEN = "";

    private final ProgressPrinter progress;
    private final PrintWriter out;
    private final Map<ItemKind, Map<List<String>, String>> items = new EnumMap<>(ItemKind.class);
    private long same;
    private long differences;

    Comparison(ProgressPrinter progress, PrintWriter out) {
        this.progress = progress;
        this.out = out;
        Stream.of(ItemKind.values()).forEach(kind -> items.put(kind, new HashMap<>()));
    }

    /** Returns the number of items that differ or are on one side only. */
    long of(Source one, String oneName, Source other, String otherName) {
        one.read((kind, batch, total) -> {
            batch.forEach(item -> items.get(kind)
                    .put(ItemKind.key(item), kind.clean(item, m -> {}).toString()));
            progress.update(kind.plural() + " of " + oneName, items.get(kind).size(), total);
        });
        other.read((kind, batch, total) -> {
            batch.forEach(item -> compare(kind, kind.clean(item, m -> {}), otherName));
            progress.update(kind.plural() + " of " + otherName, same + differences, total);
        });
        items.forEach((kind, left) -> left.values().stream()
                .filter(text -> !text.equals(SEEN))
                .forEach(text -> print("only in %s: %s".formatted(oneName, kind.title(parse(text))))));
        out.printf("%,d items are the same, %,d differ.%n", same, differences);
        return differences;
    }

    private void compare(ItemKind kind, ObjectNode item, String name) {
        String text = items.get(kind).put(ItemKind.key(item), SEEN);
        if (text == null) {
            print("only in %s: %s".formatted(name, kind.title(item)));
        } else if (!text.equals(SEEN)) {
            ObjectNode before = parse(text);
            String differing = kind.differences(before, item).stream()
                    .map(member -> member + " " + value(before, member) + " -> " + value(item, member))
                    .collect(Collectors.joining(", "));
            if (differing.isEmpty()) {
                same++;
            } else {
                print("different: %s: %s".formatted(kind.title(item), differing));
            }
        }
    }

    private void print(String line) {
        differences++;
        out.println(line);
    }

    private static String value(ObjectNode item, String member) {
        JsonNode value = item.get(member);
        return value == null ? "none" : "\"" + Excerpt.of(value.asText()) + "\"";
    }

    private static ObjectNode parse(String text) {
        return (ObjectNode) ItemKind.JSON.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
