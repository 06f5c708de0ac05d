package backoffice.group;

import backoffice.value.Name;
import backoffice.value.OptionalName;
import backoffice.value.Required;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/**
 * A customer as the calls on a group's customers name it, in and out.
 *
 * @param name its name; must be sent
 * @param groupName the group that it is in; null when it is in none
 */
@JsonPropertyOrder({"name", "groupName"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Member(
        Name name,
        @JsonDeserialize(using = OptionalName.class) Name groupName) {

    public Member {
        Required.member("name", name);
    }
}
