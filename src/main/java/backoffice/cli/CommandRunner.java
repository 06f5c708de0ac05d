package backoffice.cli;

import backoffice.envelope.ApiException;
import backoffice.envelope.FailureResponses;
import backoffice.envelope.Language;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.IFactory;

/** Runs a command within the application, which has the beans of the service but opens no port. See docs/adr/0023. */
class CommandRunner implements QuarkusApplication {

    /** The exit code of a command that could not do its work to the end. */
    static final int FAILED = 3;

    private final IFactory beans;

    CommandRunner(IFactory beans) {
        this.beans = beans;
    }

    @Override
    public int run(String... args) {
        return RootCommand.commandLine(beans)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof SourceException || failure instanceof ConfigurationException) {
                        command.getErr().println(failure.getMessage());
                    } else if (failure instanceof ApiException e) {
                        command.getErr().println(FailureResponses.sentence(e, Language.EN));
                    } else if (failure instanceof IOException || failure instanceof UncheckedIOException) {
                        command.getErr().println(failure);
                    } else {
                        failure.printStackTrace(command.getErr());
                    }
                    return FAILED;
                })
                .execute(args);
    }
}
