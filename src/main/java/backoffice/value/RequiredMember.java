package backoffice.value;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;

/** The check for members of a body that must be there. */
public final class RequiredMember {

    private RequiredMember() {}

    /** @throws ApiException when the value is null: the member was absent or {@code null} */
    public static void member(String name, Object value) {
        if (value == null) {
            throw new ApiException(Problem.MEMBER_MISSING, name);
        }
    }
}
