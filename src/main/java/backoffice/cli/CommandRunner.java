package backoffice.cli;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** A command, with all that the service has but the doors to it. */
class CommandRunner implements QuarkusApplication {

    static final int FAILED = 3;

    private final IFactory beans;

    CommandRunner(IFactory beans) {
        this.beans = beans;
    }

    @Override
    public int run(String... args) {
        return new CommandLine(RootCommand.class, beans)
                .setParameterExceptionHandler(RootCommand::explain)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof SourceException || failure instanceof ConfigurationException) {
                        command.getErr().println(failure.getMessage());
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
