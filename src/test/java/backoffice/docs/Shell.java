package backoffice.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A block of the docs that a reader pastes into a shell.
 *
 * @param place its file and line
 */
public record Shell(String place, String text) {

    private static final Pattern CONTINUATION = Pattern.compile("\\\\\n *");

    /**
     * A line of the block; lines that end in a backslash are one with the next line, without its indentation.
     *
     * @param answer what the comments right below say that it prints; empty when they say nothing
     */
    public record Command(String place, String text, List<String> answer) {}

    public List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        List<String> answer = new ArrayList<>();
        for (String line : CONTINUATION.matcher(text).replaceAll("").split("\n")) {
            if (line.startsWith("# ") && answer != null) {
                answer.add(line.substring(2));
            } else if (line.isBlank() || line.startsWith("#")) {
                answer = null;
            } else {
                answer = new ArrayList<>();
                commands.add(new Command(place, line.replaceFirst(" +# .*", ""), answer));
            }
        }
        return commands;
    }

    /** Whether one of the commands begins with that program. */
    public boolean uses(String program) {
        return commands().stream().anyMatch(command -> command.text().startsWith(program + " "));
    }
}
