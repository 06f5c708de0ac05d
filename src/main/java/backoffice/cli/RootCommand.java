package backoffice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** What the application does when it is given something to do; given nothing, it serves. */
@Command(
        name = "customer-groups",
        synopsisSubcommandLabel = "[COMMAND]",
        description = "Without a command: serves the API, until it is stopped.",
        subcommands = {ImportCommand.class, ExportCommand.class, CountsCommand.class})
class RootCommand {

    @Option(
            names = "--help",
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this, and does nothing.")
    boolean help;

    /** Says what is wrong with a command, and leaves the exit code of wrong usage. */
    static int explain(ParameterException wrong, String... args) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        command.getErr().println(command.getCommandSpec().qualifiedName() + " --help tells more.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
