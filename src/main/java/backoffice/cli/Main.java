package backoffice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The entry point of the application: starts the service, or runs a command of {@link RootCommand}. */
@QuarkusMain
public class Main {

    /** Quarkus says before which setting is missing or wrong. */
    private static final String NEEDED =
            "The command needs the settings of the service, at least QUARKUS_DATASOURCE_REACTIVE_URL.";

    /** The exit code of a command that could not do its work to the end. */
    private static final int FAILED = 3;

    /**
     * The settings of a command that needs the beans of the service. It opens no port, and changes nothing in the database
     * at its start. Its log goes to the standard error.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "quarkus.http.host-enabled", "false",
            "quarkus.management.host-enabled", "false",
            "quarkus.shutdown.delay", "0s",
            "quarkus.banner.enabled", "false",
            "quarkus.log.console.stderr", "true",
            "quarkus.log.console.level", "WARN",
            "quarkus.log.console.json.enabled", "false",
            "backoffice.migrate-at-start", "false");

    /** Starts the service without arguments; otherwise runs a command and exits with its exit code. */
    public static void main(String... args) throws IOException {
        if (args.length == 0) {
            Quarkus.run();
            return;
        }
        System.exit(commandLine(CommandLine.defaultFactory())
                .setExecutionStrategy(command -> execute(command, args))
                .execute(args));
    }

    /** Help, wrong usage and the commands of the root itself need no database, so they do not start the application. */
    private static int execute(ParseResult command, String... args) {
        Integer help = CommandLine.executeHelpRequest(command);
        if (help != null) {
            return help;
        }
        if (command.subcommand().commandSpec().userObject() instanceof Method) {
            return new RunLast().execute(command);
        }
        SETTINGS.forEach(System::setProperty);
        boolean migrates = command.subcommand().commandSpec().userObject() instanceof SchemaCommand;
        System.setProperty("quarkus.datasource.migration.active", String.valueOf(migrates));
        Quarkus.run(WithBeans.class, Main::exit, args);
        return CommandLine.ExitCode.OK;
    }

    private static void exit(int code, Throwable failure) {
        if (failure != null) {
            Terminal.err().println(NEEDED);
        }
        System.exit(failure == null ? code : CommandLine.ExitCode.USAGE);
    }

    static class WithBeans implements QuarkusApplication {

        private final IFactory beans;

        WithBeans(IFactory beans) {
            this.beans = beans;
        }

        @Override
        public int run(String... args) throws IOException {
            return commandLine(beans).execute(args);
        }
    }

    private static CommandLine commandLine(IFactory factory) throws IOException {
        CommandLine all = new CommandLine(RootCommand.class, factory);
        all.getCommandSpec().version(version());
        // The escape sequences of colors in the help would be printed, too.
        return all.setColorScheme(Help.defaultColorScheme(Ansi.OFF))
                .setOut(Terminal.out())
                .setErr(Terminal.err())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof CommandException || failure instanceof ConfigurationException) {
                        command.getErr().println(failure.getMessage());
                    } else if (failure instanceof IOException) {
                        command.getErr().println(failure);
                    } else {
                        failure.printStackTrace(command.getErr());
                    }
                    return FAILED;
                });
    }

    /** The version and the commit, which Maven writes into the file. */
    private static String version() throws IOException {
        try (InputStream file = Main.class.getResourceAsStream("version")) {
            return new String(file.readAllBytes(), UTF_8).strip();
        }
    }
}
