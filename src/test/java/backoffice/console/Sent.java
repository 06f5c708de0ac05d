package backoffice.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.logging.LogType;

/**
 * A request that a browser sent, as its log of the network has it.
 *
 * @param body empty when it has none
 */
record Sent(String method, String url, JsonNode headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The calls of the API that were sent since somebody last asked. */
    static List<Sent> since(WebDriver browser) {
        return browser.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> read(entry.getMessage()).at("/message"))
                .filter(message -> message.at("/method").asText().equals("Network.requestWillBeSent"))
                .map(message -> message.at("/params/request"))
                .filter(request -> request.at("/url").asText().contains("/bitanswer/api/"))
                .map(Sent::of)
                .toList();
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(json, e);
        }
    }

    private static Sent of(JsonNode request) {
        String bytes = request.at("/postDataEntries/0/bytes").asText();
        return new Sent(
                request.at("/method").asText(),
                request.at("/url").asText(),
                request.at("/headers"),
                new String(Base64.getDecoder().decode(bytes), StandardCharsets.UTF_8));
    }
}
