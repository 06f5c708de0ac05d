package backoffice.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.logging.LogType;

/**
 * A request of the browser, read from its network log.
 *
 * @param body the body, empty if there is none
 */
record SentRequest(String method, String url, JsonNode headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern CALL = Pattern.compile("/(bitanswer/api|backoffice)/");

    /** The calls of the service that the browser has sent since the last call of this method. */
    static List<SentRequest> since(WebDriver browser) {
        return browser.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> read(entry.getMessage()).at("/message"))
                .filter(message -> message.at("/method").asText().equals("Network.requestWillBeSent"))
                .map(message -> message.at("/params/request"))
                .filter(request -> CALL.matcher(request.at("/url").asText()).find())
                .map(SentRequest::of)
                .toList();
    }

    static JsonNode read(String json) {
        return Unchecked.supplier(() -> JSON.readTree(json)).get();
    }

    private static SentRequest of(JsonNode request) {
        String bytes = request.at("/postDataEntries/0/bytes").asText();
        return new SentRequest(
                request.at("/method").asText(),
                request.at("/url").asText(),
                request.at("/headers"),
                new String(Base64.getDecoder().decode(bytes), StandardCharsets.UTF_8));
    }
}
