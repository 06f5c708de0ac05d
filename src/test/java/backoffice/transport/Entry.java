package backoffice.transport;

import backoffice.value.Name;
import backoffice.value.OptionalName;
import backoffice.value.Required;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/** An entry of a batch, as the resources have them. */
record Entry(
        Name name,
        @JsonDeserialize(using = OptionalName.class) Name groupName) {

    Entry {
        Required.member("name", name);
    }
}
