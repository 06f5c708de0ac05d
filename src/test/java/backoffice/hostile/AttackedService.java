package backoffice.hostile;

import backoffice.docs.Bash;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import io.smallrye.mutiny.unchecked.UncheckedFunction;
import java.util.List;
import java.util.Map;

/** The packaged application, with large customers of the vendor that attacks it. */
final class AttackedService implements AutoCloseable {

    static final String GREEDY = "key-of-the-greedy-vendor";

    static final String HONEST = "key-of-the-honest-vendor";

    /** The number of customers of the greedy vendor, which fill the largest page. */
    static final int CUSTOMERS = 1000;

    /** The number of groups that the service counts for the greedy vendor. A test that reads them creates them. */
    static final int GROUPS = 1_000_000;

    /** One for each 384 KiB of the heap. */
    static final int MAX_CONNECTIONS = PackagedApplication.isNative() ? 170 : 341;

    static final int FURTHER_VENDORS = 40;

    /** The customers of both vendors. With the row count, the service expects the searches of the vendor to be expensive. */
    private static final String ROWS = """
            insert into customer (vendor, name, reg_date, description, office_number, email, address, city, country, contact)
            select 'greedy', to_char(i, 'FM0000') || repeat('字', 251), now(), repeat('字', 2000), t, t, t, t, t, t
            from generate_series(0, %d - 1) i, repeat('字', 255) t;
            insert into customer (vendor, name, reg_date)
            select 'honest', 'honest ' || to_char(i, 'FM000'), now() from generate_series(0, 99) i;
            insert into row_count (vendor, list, group_id, slot, rows) values ('greedy', 'groups', 0, 64, %d)
            """.formatted(CUSTOMERS, GROUPS);

    final EmptyDatabase database = new EmptyDatabase();
    final Running process;
    final int port;

    /** The application with the small heap of the docs. */
    AttackedService() throws Exception {
        this(PackagedApplication::startWithSmallHeap);
    }

    /** Starts the application with an environment, and stores the customers of both vendors. */
    AttackedService(UncheckedFunction<Map<String, String>, Running> start) throws Exception {
        Map<String, String> environment = database.environment(
                "BACKOFFICE_BITKEYS_GREEDY=" + GREEDY, "BACKOFFICE_BITKEYS_HONEST=" + HONEST, "BACKOFFICE_HISTORY=on");
        for (int i = 0; i < FURTHER_VENDORS; i++) {
            environment.put("BACKOFFICE_BITKEYS_V" + i, keyOf(i));
        }
        process = start.apply(environment);
        port = process.port();
        database.execute(ROWS);
    }

    /** The key of one of the vendors {@code v0} to {@code v39}, which have no customers unless a test inserts them. */
    static String keyOf(int vendor) {
        return "key-of-the-further-vendor-" + vendor;
    }

    /** The name of a customer of the greedy vendor. */
    static String largestName(int number) {
        return "%04d".formatted(number) + "字".repeat(251);
    }

    HonestCaller caller(String bitkey) {
        return new HonestCaller(port, bitkey, "honest");
    }

    /** The number of sockets of the process, with those that it has accepted and does not use yet. */
    long sockets() {
        long pid = process.process().pid();
        // A socket that is closed meanwhile is an error of find.
        return Long.parseLong(Bash.output("find /proc/" + pid + "/fd -lname 'socket:*' | wc -l")
                .strip());
    }

    /** The bytes of direct memory that Netty has. */
    double directBytes() {
        return metrics("netty_allocator_memory_used").stream()
                .filter(line -> line.contains("memory_type=\"direct\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** The lines of the metrics that begin with this text. */
    List<String> metrics(String beginning) {
        String metrics = process.management("/q/metrics").extract().asString();
        return metrics.lines().filter(line -> line.startsWith(beginning)).toList();
    }

    @Override
    public void close() {
        process.close();
        database.close();
    }
}
