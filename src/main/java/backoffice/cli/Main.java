package backoffice.cli;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/** The entry point of the application: starts the service, or runs a command of {@link RootCommand}. */
@QuarkusMain
public class Main {

    Main() {}

    /**
     * Starts the service without arguments; otherwise runs a command and exits with its exit code.
     *
     * @param args a command and its arguments, or none
     */
    public static void main(String... args) {
        if (args.length == 0) {
            Quarkus.run();
        } else {
            System.exit(RootCommand.commandLine(CommandLine.defaultFactory())
                    .setExecutionStrategy(command -> {
                        Integer help = CommandLine.executeHelpRequest(command);
                        return help == null ? run(args) : help;
                    })
                    .execute(args));
        }
    }

    /** Starts the application for a command. Help and wrong usage do not get here, since they need no database. */
    private static int run(String... args) {
        CommandProfile.activate();
        ApplicationLifecycleManager.setDefaultExitCodeHandler(
                (code, failure) -> System.exit(failure == null ? code : CommandRunner.FAILED));
        Quarkus.run(CommandRunner.class, args);
        return 0;
    }
}
