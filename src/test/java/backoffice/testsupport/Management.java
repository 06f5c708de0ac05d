package backoffice.testsupport;

import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/** The management port of the service: health and metrics. */
public final class Management {

    public static final int PORT = ConfigProvider.getConfig()
            .getOptionalValue("quarkus.management.test-port", Integer.class)
            .orElse(9001);

    private Management() {}

    public static ValidatableResponse get(String path) {
        return RestAssured.given().port(PORT).get(path).then();
    }

    /** Waits until a metric has a value, for some seconds at the most: a call is counted when its answer is under way. */
    public static void await(String nameAndLabels, double value) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (metric(nameAndLabels) != value) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(nameAndLabels + " is " + metric(nameAndLabels) + " and not " + value);
            }
        }
    }

    /** The value of a metric; 0 as long as it is not there. */
    public static double metric(String nameAndLabels) {
        return get("/q/metrics")
                .extract()
                .asString()
                .lines()
                .filter(line -> line.startsWith(nameAndLabels + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(nameAndLabels.length() + 1)))
                .sum();
    }
}
