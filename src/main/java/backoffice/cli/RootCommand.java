package backoffice.cli;

import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The root of the command line. With a command, the application runs it; without one, it serves the API. */
@Command(
        name = "customer-groups",
        synopsisSubcommandLabel = "[COMMAND]",
        description = "Without a command, the application serves the API until it is stopped.",
        subcommands = {
            ImportCommand.class,
            ExportCommand.class,
            CountsCommand.class,
            KeysCommand.class,
            SchemaCommand.class
        })
class RootCommand {

    @Option(names = "--help", usageHelp = true, scope = ScopeType.INHERIT, description = "Shows this help and exits.")
    boolean help;

    /** The command line with all commands, also those that other folders add. */
    static CommandLine commandLine(IFactory factory) {
        CommandLine all = new CommandLine(RootCommand.class, factory);
        ServiceLoader.load(AddedCommand.class).stream().forEach(added -> all.addSubcommand(added.type()));
        return all.setParameterExceptionHandler(RootCommand::explain);
    }

    /** Prints what is wrong with the usage of a command, and returns the exit code for it. */
    static int explain(ParameterException wrong, String... args) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
