package backoffice.devmode;

import io.quarkus.deployment.IsLocalDevelopment;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.devui.spi.welcome.DynamicWelcomeBuildItem;

/**
 * Puts the page of {@link DevModeWelcome} into the welcome page of the Dev UI, to which dev mode redirects {@code /}.
 * A build step runs before the ports are known, so it refers to a page.
 *
 * <p>Quarkus finds the class in {@code META-INF/quarkus-build-steps.list}. A card would need an extension, which is an
 * artifact of its own.
 */
class DevUiWelcome {

    private static final String HTML = "<h2>Customer groups</h2><iframe title=\"First steps\" src=\""
            + DevModeWelcome.PAGE + "\" style=\"width: 100%; height: 20em; border: 0\"></iframe>";

    @BuildStep(onlyIf = IsLocalDevelopment.class)
    DynamicWelcomeBuildItem welcome() {
        return new DynamicWelcomeBuildItem(HTML);
    }
}
