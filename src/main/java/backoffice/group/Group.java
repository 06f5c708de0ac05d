package backoffice.group;

import backoffice.envelope.ApiException;
import backoffice.value.Name;
import backoffice.value.RequiredMember;

/**
 * A customer group in the bodies of requests and responses (docs/api.md, section 4.1).
 *
 * @param name the name of the group; never null
 */
public record Group(Name name) {

    /** @throws ApiException (1001) when the name is null */
    public Group {
        RequiredMember.require("name", name);
    }
}
