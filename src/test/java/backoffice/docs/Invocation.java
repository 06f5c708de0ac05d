package backoffice.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program with its arguments, as a shell calls it. */
public record Invocation(List<String> words) {

    private static final String WORD_ENDS = "\u001f";
    private static final String INVOCATION_ENDS = "\u001e";
    private static final Pattern REDIRECTION = Pattern.compile(" > \\S+(?=\n)");
    private static final Set<String> WITH_VALUE =
            Set.of("-n", "-k", "-f", "-l", "-p", "-o", "-c", "--type", "--timeout");

    /** What a shell calls when a block is pasted, with stand-ins for these programs, which do nothing. */
    public static List<Invocation> of(Shell block, String... programs) {
        String standIns = Stream.of(programs)
                .map(program -> "%1$s() { printf '%%s%2$s' %1$s \"$@\" >&3; printf '%3$s' >&3; }%n"
                        .formatted(program, WORD_ENDS, INVOCATION_ENDS))
                .collect(Collectors.joining());
        String called = Bash.output("set -eu\nexec 3>&1 1>/dev/null\n" + standIns
                + REDIRECTION.matcher(block.text()).replaceAll(""));
        return Arrays.stream(called.split(INVOCATION_ENDS))
                .filter(invocation -> !invocation.isBlank())
                .map(invocation -> new Invocation(List.of(invocation.split(WORD_ENDS))))
                .toList();
    }

    /** The value of an option. */
    public Optional<String> option(String name) {
        int at = words.indexOf(name);
        return at < 0 ? Optional.empty() : Optional.of(words.get(at + 1));
    }

    /** Program and arguments, without options and their values. */
    public List<String> operands() {
        List<String> operands = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (WITH_VALUE.contains(words.get(i))) {
                i++;
            } else if (!words.get(i).startsWith("-")) {
                operands.add(words.get(i));
            }
        }
        return operands;
    }
}
