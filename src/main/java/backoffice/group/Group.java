package backoffice.group;

import backoffice.envelope.ApiException;
import backoffice.value.Name;

/** A customer group in the bodies of requests and responses (docs/api.md, section 4.1). */
public record Group(Name name) {

    /** @throws ApiException (1001) when the name is null */
    public Group {
        Name.require(name);
    }
}
