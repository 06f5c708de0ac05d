package backoffice.envelope;

import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which part of a list a call asks for (contract, section 1); a value that is not accepted is refused, never clamped. */
public class PageParams {

    private static final int MAX_LIMIT = 1000;
    private static final int DIGITS_OF_AN_INT = 10;

    @QueryParam("offset")
    @Parameter(
            description = "Index of the first item",
            schema = @Schema(type = SchemaType.INTEGER, format = "int32", minimum = "0", defaultValue = "0"))
    List<String> offset;

    @QueryParam("limit")
    @Parameter(
            description = "Number of items",
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            format = "int32",
                            minimum = "1",
                            maximum = "1000",
                            defaultValue = "50"))
    List<String> limit;

    /**
     * Index of the first item, 0…2147483647.
     *
     * @throws ApiException when it was given twice, or as anything but such a number in ASCII digits
     */
    public int offset() {
        return number("offset", offset, 0, 0, Integer.MAX_VALUE);
    }

    /**
     * Number of items, 1…1000.
     *
     * @throws ApiException when it was given twice, or as anything but such a number in ASCII digits
     */
    public int limit() {
        return number("limit", limit, 50, 1, MAX_LIMIT);
    }

    private static int number(String name, List<String> given, int whenAbsent, int least, int most) {
        if (given.isEmpty()) {
            return whenAbsent;
        }
        if (given.size() > 1) {
            throw new ApiException(Problem.PAGING_TWICE, name);
        }
        String text = given.get(0);
        long value = isNumber(text) ? Long.parseLong(text) : -1;
        if (value < least || value > most) {
            throw new ApiException(Problem.PAGING_RANGE, name, text, least, most);
        }
        return (int) value;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= DIGITS_OF_AN_INT
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
