package backoffice.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Prometheus queries, such as those of the Grafana dashboard. */
record Dashboard(List<String> queries) {

    private static final Pattern SELECTOR = Pattern.compile("(?<metric>\\w+)\\{(?<matchers>[^}]*)}");

    /** A metric with its label matchers, as they stand between the braces of a query. */
    record Selector(String metric, String matchers) {

        /** Whether Kubernetes or Prometheus exports the metric, and not the service. */
        boolean isOfKubernetes() {
            return metric.startsWith("kube_") || metric.startsWith("container_") || metric.equals("up");
        }
    }

    static Dashboard read() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(Path.of("k8s", "components", "monitoring", "customer-groups.json")
                        .toFile());
        return new Dashboard(dashboard.findValuesAsText("expr"));
    }

    Stream<Selector> selectors() {
        return queries.stream()
                .flatMap(query -> SELECTOR.matcher(query).results())
                .map(Dashboard::selector);
    }

    private static Selector selector(MatchResult found) {
        return new Selector(found.group(1), found.group(2));
    }
}
