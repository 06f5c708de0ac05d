package backoffice.devmode;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Logs what to try in dev mode, with the port of the settings. */
@Singleton
@IfBuildProfile("dev")
class Welcome {

    private static final Logger LOG = Logger.getLogger(Welcome.class);

    private static final String TEXT = """
            Vendor dev, key dev-bitkey. Try:

                curl -H 'bitkey: dev-bitkey' http://localhost:%1$d/bitanswer/api/customer_groups

            Console: http://localhost:%1$d/console  Swagger UI: http://localhost:%1$d/q/swagger-ui  \
            Dev UI: http://localhost:%1$d/q/dev-ui
            """;

    void onStart(@Observes StartupEvent event, @ConfigProperty(name = "quarkus.http.port") int port) {
        LOG.info(text(port));
    }

    static String text(int port) {
        return TEXT.formatted(port);
    }
}
