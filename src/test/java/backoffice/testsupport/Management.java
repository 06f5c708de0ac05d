package backoffice.testsupport;

import static org.hamcrest.Matchers.is;

import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/** A client of the management port of the service, with health and metrics. */
public final class Management {

    public static final int PORT = ConfigProvider.getConfig()
            .getOptionalValue("quarkus.management.test-port", Integer.class)
            .orElse(9001);

    private Management() {}

    /** Closes its connection, because the port has few, and a test that waits for a metric asks many times. */
    public static ValidatableResponse get(String path) {
        return RestAssured.given()
                .port(PORT)
                .header("Connection", "close")
                .get(path)
                .then();
    }

    /** Waits up to 10 s until a metric has a value. The service may count a call after the client has its answer. */
    public static void await(String nameAndLabels, double value) {
        Await.atMost(Duration.ofSeconds(10)).alias(nameAndLabels).until(() -> metric(nameAndLabels), is(value));
    }

    /** Makes calls, and waits until they have increased a metric by this. */
    public static void awaitIncrease(String nameAndLabels, int by, Runnable calls) {
        double before = metric(nameAndLabels);
        calls.run();
        await(nameAndLabels, before + by);
    }

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
