package backoffice.group;

import backoffice.value.Name;

/** A customer group in the bodies of requests and responses (docs/api.md, section 4.1). */
public record Group(Name name) implements Name.Required {}
