package backoffice.k8s;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Renders the chart in k8s/chart with Helm as a library. No helm on the PATH is needed. */
public final class HelmChart {

    static final Path CHART = Path.of("k8s", "chart");

    /** The smallest values that the chart accepts, with monitoring, as the production overlay has it. */
    public static final String LIKE_PRODUCTION = """
            database:
              url: postgresql://postgresql.example.com:5432/customer_groups
            monitoring:
              enabled: true
            """;

    private static final String HOOK = "helm.sh/hook:";

    private HelmChart() {}

    /** What Helm installs, without hooks. */
    public static String render(String values) throws IOException {
        return render(copy(HOOK), values);
    }

    /** What Helm installs, and its hooks. Helm as a library leaves hooks out, so they lose their annotation here. */
    static String renderWithHooks(String... values) throws IOException {
        return render(copy("hook:"), values);
    }

    /** A copy without links, because Helm prints a line for each link. */
    private static Path copy(String hook) throws IOException {
        Path copy = Files.createTempDirectory(Path.of("target"), "chart");
        try (var files = Files.walk(CHART)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(CHART.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.writeString(target, Files.readString(file).replace(HOOK, hook));
                }
            }
        }
        return copy;
    }

    /** What Helm installs from a folder or a package. Later values override earlier ones. */
    public static String render(Path chart, String... values) throws IOException {
        var template = new Helm(chart)
                .template()
                .withName("customer-groups")
                .withNamespace("customer-groups")
                .withKubeVersion("1.27.0");
        for (String text : values) {
            template.withValuesFile(
                    Files.writeString(Files.createTempFile(Path.of("target"), "values", ".yaml"), text));
        }
        return template.call();
    }

    /** What Helm finds wrong with a folder or a package. */
    public static LintResult lint(Path chart) {
        return new Helm(chart).lint().strict().call();
    }
}
