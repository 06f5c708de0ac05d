package backoffice.json;

import backoffice.value.Name;
import backoffice.value.OptionalName;
import backoffice.value.RequiredMember;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/** An entry of a batch, as the resources have them. */
record Entry(
        Name name,
        @JsonDeserialize(using = OptionalName.class) Name groupName) {

    Entry {
        RequiredMember.member("name", name);
    }
}
