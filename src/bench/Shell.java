import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs programs. */
class Shell {

    /**
     * Runs a program to its end.
     *
     * @return its output
     * @throws IllegalStateException when its exit code is not 0
     */
    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + "\n" + output);
        }
        return output;
    }

    /** Runs a script of {@code sql/} with variables as {@code NAME=VALUE}. */
    static void psql(String script, String... variables) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("psql", "--quiet", "--set=ON_ERROR_STOP=1", "--file=src/bench/sql/" + script + ".sql"));
        List.of(variables).forEach(variable -> command.add("--set=" + variable));
        run(command);
    }
}
