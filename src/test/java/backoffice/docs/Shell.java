package backoffice.docs;

import java.util.ArrayList;
import java.util.List;

/**
 * A block of the docs that a reader pastes into a shell.
 *
 * @param place file and line of it
 */
public record Shell(String place, String text) {

    /**
     * A line of it.
     *
     * @param answer what the comments right beneath say that it prints; empty when they say nothing
     */
    public record Command(String place, String text, List<String> answer) {}

    /** Its commands, in their order. */
    public List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        List<String> answer = new ArrayList<>();
        for (String line : text.split("\n")) {
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

    /** Whether one of its commands begins with one of these words. */
    public boolean uses(String program) {
        return commands().stream().anyMatch(command -> command.text().startsWith(program + " "));
    }
}
