package backoffice.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The option {@code --version}, without any setting. */
class VersionOptionIT {

    @Test
    void the_application_tells_its_version_and_its_commit() throws Exception {
        Outcome outcome = PackagedApplication.command(Map.of(), "--version");

        assertThat(
                outcome.out(),
                matchesPattern(
                        "customer-groups \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?, commit ([0-9a-f]{12}(-modified)?|unknown)\n"));
        assertThat(outcome.err(), outcome.exitCode(), is(0));
    }

    @Test
    void the_help_names_the_option() throws Exception {
        assertThat(PackagedApplication.command(Map.of(), "--help").out(), containsString("--version"));
    }
}
