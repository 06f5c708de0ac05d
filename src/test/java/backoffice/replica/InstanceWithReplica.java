package backoffice.replica;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import backoffice.testsupport.PostgresProcess;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An instance of the packaged application that reads from a replica, with the vendors a and b. */
record InstanceWithReplica(int port, int managementPort, Running service) implements AutoCloseable {

    static final String GROUPS = Api.BASE_PATH + "/customer_groups";
    static final String SEARCH = GROUPS + "/data";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Pattern READS_OF_REPLICA =
            Pattern.compile("^backoffice_replica_reads_total\\{server=\"replica\"} (\\S+)$", Pattern.MULTILINE);

    static InstanceWithReplica start(PostgresProcess primary, PostgresProcess replica, Duration maxLag)
            throws IOException, InterruptedException {
        int port = Ports.free();
        int managementPort = Ports.free();
        Running service = PackagedApplication.start(
                port,
                managementPort,
                Map.of(
                        "QUARKUS_DATASOURCE_REACTIVE_URL",
                        primary.url(),
                        "QUARKUS_DATASOURCE_USERNAME",
                        primary.user(),
                        "QUARKUS_DATASOURCE_PASSWORD",
                        "",
                        "BACKOFFICE_REPLICA_URL",
                        replica.url(),
                        "BACKOFFICE_REPLICA_MAX_LAG",
                        maxLag.toString(),
                        "BACKOFFICE_BITKEYS_A",
                        "a-key",
                        "BACKOFFICE_BITKEYS_B",
                        "b-key"));
        service.awaitListening();
        return new InstanceWithReplica(port, managementPort, service);
    }

    static int total(Response list) {
        return list.then().statusCode(200).extract().path("data.total");
    }

    RequestSpecification as(String bitkey) {
        return Api.as(bitkey).request().port(port).contentType("application/json");
    }

    int groups(String bitkey) {
        return total(as(bitkey).get(GROUPS));
    }

    void create(String bitkey, String group) {
        as(bitkey).body("{\"name\":\"" + group + "\"}").post(GROUPS).then().statusCode(200);
    }

    double readsOfReplica() {
        Matcher reads = READS_OF_REPLICA.matcher(RestAssured.given()
                .port(managementPort)
                .get("/q/metrics")
                .body()
                .asString());
        return reads.find() ? Double.parseDouble(reads.group(1)) : 0;
    }

    /** Reads until the replica answers. */
    void awaitReadsOfReplica(String bitkey) {
        double before = readsOfReplica();
        Await.until(
                TIMEOUT,
                () -> {
                    groups(bitkey);
                    return readsOfReplica() > before;
                },
                () -> "The replica does not answer reads");
    }

    @Override
    public void close() {
        service.close();
    }
}
