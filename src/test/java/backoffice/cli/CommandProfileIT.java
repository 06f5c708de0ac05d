package backoffice.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Outcome;
import backoffice.testsupport.PostgresResource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each command has the profiles of the service: here, the profile {@code staging} has the address of the database. */
@Tag("slow")
class CommandProfileIT {

    private static final String URL = "QUARKUS_DATASOURCE_REACTIVE_URL";

    private final Map<String, String> environment = new HashMap<>(PostgresResource.environment());

    CommandProfileIT() {
        environment.put("_STAGING_" + URL, environment.put(URL, "postgresql://localhost:1/none"));
        environment.put("QUARKUS_FLYWAY_MIGRATION_CONNECT_RETRIES", "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"schema migrate", "keys list"})
    void a_command_has_the_values_of_the_profiles_that_are_named(String command) throws Exception {
        environment.put("QUARKUS_PROFILE", "prod, staging");

        Outcome outcome = run(command);

        assertThat(outcome.err(), outcome.exitCode(), is(0));
    }

    @Test
    void a_command_without_a_profile_does_not_have_them() throws Exception {
        assertThat(run("keys list").exitCode(), is(3));
    }

    private Outcome run(String command) throws Exception {
        return PackagedApplication.command(environment, command.split(" "));
    }
}
