package backoffice.customer;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.OptionalStringDeserializer;
import backoffice.value.WallTime;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.LocalDateTime;

/**
 * The time at which a customer was registered, in the zone {@code backoffice.zone} (docs/api.md, section 5.4). In a
 * request, a time that was not sent is null, and a time that was sent as {@code null} or {@code ""} is {@link #NONE}.
 *
 * @param value the time; null only for {@link #NONE}
 */
@JsonDeserialize(using = RegDate.Deserializer.class)
public record RegDate(LocalDateTime value) {

    static final RegDate NONE = new RegDate(null);

    /** The time in the format of {@link WallTime}; null for {@link #NONE}. */
    @JsonValue
    @Override
    public String toString() {
        return value == null ? null : WallTime.format(value);
    }

    private static RegDate parse(String text) {
        return new RegDate(WallTime.parse(text).orElseThrow(() -> new ApiException(Problem.NOT_A_REG_DATE, text)));
    }

    /** The Jackson deserializer. A text that is not a time is 1001. */
    static class Deserializer extends OptionalStringDeserializer<RegDate> {

        private static final long serialVersionUID = 1L;

        Deserializer() {
            super(RegDate.class, NONE, RegDate::parse);
        }
    }
}
