package backoffice.customer;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.OptionalReader;
import backoffice.value.WallTime;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.LocalDateTime;

/**
 * When a customer was registered, in the zone of {@code backoffice.zone}. As a member of a request it is null when it
 * was not sent, and {@link #NONE} when it was sent without a value.
 *
 * @param value null when it is no time
 */
@JsonDeserialize(using = RegDate.Reader.class)
public record RegDate(LocalDateTime value) {

    static final RegDate NONE = new RegDate(null);

    @JsonValue
    @Override
    public String toString() {
        return value == null ? null : WallTime.format(value);
    }

    private static RegDate parse(String text) {
        return new RegDate(WallTime.parse(text).orElseThrow(() -> new ApiException(Problem.NOT_A_REG_DATE, text)));
    }

    static class Reader extends OptionalReader<RegDate> {

        private static final long serialVersionUID = 1L;

        Reader() {
            super(RegDate.class, NONE, RegDate::parse);
        }
    }
}
