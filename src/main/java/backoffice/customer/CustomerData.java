package backoffice.customer;

import backoffice.value.Name;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.function.Function;

/**
 * A customer in the bodies of requests and responses (docs/api.md, section 5.2). In a request, a member that was not
 * sent is null, and a member that was sent without a value is {@link Text#NONE} or {@link RegDate#NONE}. In a
 * response, a member without a value is null.
 *
 * @param groupName null for a customer without a group
 */
public record CustomerData(
        Name name,

        @JsonDeserialize(using = Name.OrNone.class) Name groupName,

        @JsonDeserialize(using = Text.Description.class) Text description,

        RegDate regDate,
        Text officeNumber,
        Text mobileNumber,
        Text email,
        Text address,
        Text city,
        Text country,
        Text postcode,
        Text contact,
        Text referenceId)
        implements Name.Required {

    /** @param texts returns the value of each text member; null for a member without a value */
    static CustomerData of(CustomerKey key, RegDate regDate, Function<TextMember, Text> texts) {
        return new CustomerData(
                key.name(),
                key.groupName(),
                texts.apply(TextMember.DESCRIPTION),
                regDate,
                texts.apply(TextMember.OFFICE_NUMBER),
                texts.apply(TextMember.MOBILE_NUMBER),
                texts.apply(TextMember.EMAIL),
                texts.apply(TextMember.ADDRESS),
                texts.apply(TextMember.CITY),
                texts.apply(TextMember.COUNTRY),
                texts.apply(TextMember.POSTCODE),
                texts.apply(TextMember.CONTACT),
                texts.apply(TextMember.REFERENCE_ID));
    }

    CustomerKey key() {
        return new CustomerKey(name, groupName);
    }

    /**
     * The customer that a request leaves.
     *
     * @param key the key that the customer has then
     * @param registered the time of registration unless the request sends another one
     * @param unsent returns the value of each text member that the request does not send
     */
    CustomerData complete(CustomerKey key, RegDate registered, Function<TextMember, Text> unsent) {
        return of(key, regDate == null || regDate == RegDate.NONE ? registered : regDate, member -> {
            Text sent = member.of(this);
            return sent == null ? unsent.apply(member) : sent == Text.NONE ? null : sent;
        });
    }
}
