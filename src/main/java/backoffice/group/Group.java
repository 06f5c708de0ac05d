package backoffice.group;

import backoffice.value.Name;
import backoffice.value.RequiredMember;

/**
 * A customer group, in and out.
 *
 * @param name its name; must be sent
 */
public record Group(Name name) {

    public Group {
        RequiredMember.member("name", name);
    }
}
