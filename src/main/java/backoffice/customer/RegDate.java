package backoffice.customer;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.OptionalStringDeserializer;
import backoffice.value.WallTime;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * The time at which a customer was registered, in the zone {@code backoffice.zone} (docs/api.md, section 5.4). In a
 * request, a time that was not sent is null, and a time that was sent as {@code null} or {@code ""} is {@link #NONE}.
 */
@JsonDeserialize(using = RegDate.Deserializer.class)
public record RegDate(LocalDateTime value) {

    static final RegDate NONE = new RegDate(null);

    /** The time of a customer that is registered now. */
    public static RegDate now(ZoneId zone) {
        return new RegDate(LocalDateTime.now(zone).truncatedTo(ChronoUnit.SECONDS));
    }

    @JsonValue
    @Override
    public String toString() {
        return value == null ? null : WallTime.format(value);
    }

    static class Deserializer extends OptionalStringDeserializer<RegDate> {

        Deserializer() {
            super(
                    NONE,
                    text -> WallTime.parse(text)
                            .map(RegDate::new)
                            .orElseThrow(() -> new ApiException(Problem.NOT_A_REG_DATE, text)));
        }
    }
}
