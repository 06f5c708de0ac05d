package backoffice.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.docs.Shell.Command;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellTest {

    @Test
    void a_command_is_a_line_without_its_comment() {
        assertEquals(List.of(command("./mvnw clean"), command("./mvnw verify")), commands("""
                        # A comment above it.
                        ./mvnw clean

                        ./mvnw verify    # all tests
                        """));
    }

    @Test
    void the_comments_right_below_a_command_are_its_answer() {
        assertEquals(List.of(command("curl a", "one", "two"), command("curl b")), commands("""
                        curl a
                        # one
                        # two

                        # A comment on the next one.
                        curl b
                        """));
    }

    @Test
    void lines_that_end_in_a_backslash_are_one_command_with_the_next_line() {
        assertEquals(
                List.of(
                        command("curl -H 'bitkey: dev-bitkey' http://localhost:8080/ -d '{}'", "answer"),
                        command("ls")),
                commands("""
                        curl -H 'bitkey: dev-bitkey' \\
                          http://localhost:8080/ \\
                          -d '{}'
                        # answer
                        ls
                        """));
    }

    @Test
    void a_block_uses_the_programs_that_its_commands_begin_with() {
        Shell block = new Shell("page:1", "echo a | \\\n  sort\n");

        assertTrue(block.uses("echo"));
        assertFalse(block.uses("sort"));
    }

    private static List<Command> commands(String text) {
        return new Shell("page:1", text).commands();
    }

    private static Command command(String text, String... answer) {
        return new Command("page:1", text, List.of(answer));
    }
}
