package backoffice.value;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;

/** The check that a member of a request body was sent (docs/api.md, section 3.4). */
public final class RequiredMember {

    private RequiredMember() {}

    /**
     * @param name the name of the member in the body
     * @param value its value; null when the member is absent or {@code null}
     * @throws ApiException (1001) when the value is null
     */
    public static void require(String name, Object value) {
        if (value == null) {
            throw new ApiException(Problem.MEMBER_MISSING, name);
        }
    }
}
