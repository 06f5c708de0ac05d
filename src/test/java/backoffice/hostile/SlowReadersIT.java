package backoffice.hostile;

import static backoffice.hostile.AttackedService.CUSTOMERS;
import static backoffice.hostile.AttackedService.GREEDY;
import static backoffice.hostile.AttackedService.HONEST;
import static backoffice.hostile.AttackedService.largestName;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.mutiny.unchecked.Unchecked;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A vendor that reads its answers slowly leaves memory for the largest answer of another vendor. */
class SlowReadersIT extends HostileIT {

    private static final int CUSTOMERS_IN_ONE_BODY = 40;

    @Test
    void two_slow_readers_of_the_largest_pages_leave_pages_and_batches_to_another_vendor() throws InterruptedException {
        // Given pages that have more than half of the memory for answers
        for (int i = 0; i < CUSTOMERS; i += CUSTOMERS_IN_ONE_BODY) {
            String batch = IntStream.range(i, i + CUSTOMERS_IN_ONE_BODY)
                    .mapToObj(j ->
                            "{\"name\":\"%s\",\"description\":\"%s\"}".formatted(largestName(j), "😀".repeat(2000)))
                    .collect(joining(",", "[", "]"));
            assertEquals(200, code(service.caller(GREEDY), "PATCH", "/customers", batch));
        }
        String batch = IntStream.range(0, 100)
                .mapToObj("{\"name\":\"honest %03d\",\"city\":\"Wuhan\"}"::formatted)
                .collect(joining(",", "[", "]"));
        HonestCaller other = service.caller(HONEST);
        List<Integer> codes = new ArrayList<>();

        attack.open(2, call("GET /customers?limit=1000", ""));
        // When both read 60 kB a second
        repeat(() -> {
            attack.readFromAll(3000);
            codes.add(code(other, "GET", "/customers?limit=1000", ""));
            codes.add(code(other, "PATCH", "/customers", batch));
        });

        // Then no call of the other vendor fails
        assertEquals(List.of(200), codes.stream().distinct().toList());
    }

    private static int code(HonestCaller caller, String method, String path, String body) {
        return Unchecked.supplier(() -> caller.send(method, path, body).statusCode())
                .get();
    }
}
