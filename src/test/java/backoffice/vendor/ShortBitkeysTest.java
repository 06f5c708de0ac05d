package backoffice.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.LogListener;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of these tests are short, as the one of dev mode. */
@QuarkusTest
class ShortBitkeysTest {

    @Inject
    BitkeyRegistry bitkeys;

    @AfterEach
    void restore() {
        LaunchMode.set(LaunchMode.TEST);
    }

    @ParameterizedTest
    @CsvSource({"NORMAL, 1", "DEVELOPMENT, 0"})
    void a_short_key_is_a_warning_but_not_in_dev_mode(LaunchMode mode, int warnings) {
        List<String> lines = new CopyOnWriteArrayList<>();
        LogListener log = new LogListener(BitkeyRegistry.class.getName(), line -> lines.add(line.getMessage()));
        LaunchMode.set(mode);

        bitkeys.warnOfShortKeys(new StartupEvent());

        log.close();
        assertEquals(warnings, lines.size(), lines::toString);
    }
}
