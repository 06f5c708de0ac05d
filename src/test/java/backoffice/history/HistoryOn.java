package backoffice.history;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

public class HistoryOn implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("backoffice.history", "on");
    }
}
