package backoffice.search;

import java.util.List;
import java.util.Random;

/** Generates texts with special characters and parts of searches, the same ones for the same seed. */
public final class SearchGenerator {

    private static final List<String> PARTS =
            List.of("a|A|b|%|_|\\|'|\"|é|e\u0301|中|客户|\uD83D\uDE00|\uFFFD| |0|ß|İ|i|--|:p0|?|$1".split("\\|"));
    private static final List<String> PATTERN_PARTS =
            List.of("%", "_", "\\%", "\\_", "\\\\", "\\a", "a", "中", "\uD83D\uDE00");
    private static final List<String> OPERATORS =
            List.of("=|in|!=|<>|not in|>|>=|<|<=|between|like|not like|contains|is null|is not null".split("\\|"));

    private final Random random;

    public SearchGenerator(Random random) {
        this.random = random;
    }

    public String operator() {
        return oneOf(OPERATORS);
    }

    /** A valid number of values for an operator. */
    public int numberOfValues(String operator) {
        return switch (operator) {
            case "is null", "is not null" -> 0;
            case ">", ">=", "<", "<=" -> 1;
            case "between" -> 2;
            default -> 1 + random.nextInt(6);
        };
    }

    /** A text of up to this number of parts. It may be blank. */
    public String text(int most) {
        return concatenation(PARTS, most);
    }

    public String pattern(int most) {
        return concatenation(PATTERN_PARTS, most);
    }

    public <T> T oneOf(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    private String concatenation(List<String> parts, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            text.append(oneOf(parts));
        }
        return text.toString();
    }
}
