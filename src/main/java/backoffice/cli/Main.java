package backoffice.cli;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/** Where the application begins: as the service, or as a command of {@link RootCommand}. */
@QuarkusMain
public class Main {

    private static final String PROFILE = "quarkus.profile";

    Main() {}

    /** @param args none, to serve; a command and its arguments */
    public static void main(String... args) {
        if (args.length == 0) {
            Quarkus.run();
        } else {
            System.exit(new CommandLine(new RootCommand())
                    .setParameterExceptionHandler(RootCommand::explain)
                    .setExecutionStrategy(command -> {
                        Integer help = CommandLine.executeHelpRequest(command);
                        return help == null ? run(args) : help;
                    })
                    .execute(args));
        }
    }

    /** What only asks for help, or is wrong, needs no database. */
    private static int run(String... args) {
        System.setProperty(PROFILE, LaunchMode.current().getDefaultProfile() + ",command");
        ApplicationLifecycleManager.setDefaultExitCodeHandler(
                (code, failure) -> System.exit(failure == null ? code : CommandRunner.FAILED));
        Quarkus.run(CommandRunner.class, args);
        return 0;
    }
}
