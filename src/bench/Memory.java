import java.util.List;
import java.util.concurrent.Callable;

/**
 * Measures the peak of the resident memory of the service while clients read slowly or send large bodies.
 *
 * <p>Usage: {@code Memory}. The variables of a PostgreSQL must be set.
 */
class Memory {

    private static final int SECONDS = 20;
    private static final int READERS = 500;
    private static final int UPLOADERS = 50;
    private static final Vendor VENDOR = new Vendor(1000);

    public static void main(String[] arguments) throws Exception {
        Service.start(List.of(VENDOR)).close();
        VENDOR.seed(1);
        System.out.print("| clients | peak resident memory | answers |\n|---|---|---|\n");
        row("one, that reads pages of 1000 slowly", () -> HeavyClients.read(VENDOR, 1, SECONDS));
        row(READERS + " of that kind", () -> HeavyClients.read(VENDOR, READERS, SECONDS));
        row(UPLOADERS + " that send bodies of 1 MiB", () -> HeavyClients.upload(VENDOR, UPLOADERS, SECONDS));
        VENDOR.lengthenNames();
        row(
                READERS + " that read pages of the 1000 longest names slowly",
                () -> HeavyClients.read(VENDOR, READERS, SECONDS));
    }

    /** Starts a new service for each row, since a process may keep memory that it no longer uses. */
    private static void row(String clients, Callable<String> answers) throws Exception {
        Service service = Service.start(List.of(VENDOR));
        try {
            String answered = answers.call();
            System.out.printf("| %s | %.0f MiB | %s |%n", clients, service.peakMebibytes(), answered);
        } finally {
            service.close();
        }
    }
}
