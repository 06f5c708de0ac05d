package backoffice.json;

import backoffice.value.Name;
import backoffice.value.OptionalNameDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/** An entry of a batch with the members of the entries of the resources. */
record Entry(
        Name name,

        @JsonDeserialize(using = OptionalNameDeserializer.class)
        Name groupName) {

    Entry {
        Name.require(name);
    }
}
