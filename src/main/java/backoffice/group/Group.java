package backoffice.group;

import backoffice.value.Name;
import backoffice.value.Required;

/**
 * A customer group, in and out.
 *
 * @param name its name; must be sent
 */
public record Group(Name name) {

    public Group {
        Required.member("name", name);
    }
}
