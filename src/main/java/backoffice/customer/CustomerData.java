package backoffice.customer;

import backoffice.value.Name;
import backoffice.value.OptionalName;
import backoffice.value.RequiredMember;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.function.Function;

/**
 * A customer, in and out (contract, section 5). Of a request, what was not sent is null, and what was sent without a
 * value is none; of an answer, what has no value is null.
 *
 * @param name its name; must be sent
 * @param groupName the group that it is in; null when it is in none
 * @param description up to 2000 code points; every other text up to 255
 * @param regDate when it was registered; the service tells when the client does not
 * @param referenceId the vendor's own id of the customer; no two customers have the same
 */
public record CustomerData(
        Name name,
        @JsonDeserialize(using = OptionalName.class) Name groupName,

        @JsonDeserialize(using = TextReader.Description.class)
        Text description,

        RegDate regDate,
        Text officeNumber,
        Text mobileNumber,
        Text email,
        Text address,
        Text city,
        Text country,
        Text postcode,
        Text contact,
        Text referenceId) {

    public CustomerData {
        RequiredMember.member("name", name);
    }

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

    /** The customer that there is when this is all that is known of it; when it was registered may be known otherwise. */
    CustomerData whole(RegDate known) {
        return of(key(), orNull(regDate) == null ? known : regDate, member -> orNull(member.of(this)));
    }

    /** The customer that there is when this changes another. */
    CustomerData over(CustomerData before) {
        return of(
                key(),
                regDate == null ? before.regDate : regDate,
                member -> member.of(this) == null ? member.of(before) : orNull(member.of(this)));
    }

    private static Text orNull(Text sent) {
        return sent == Text.NONE ? null : sent;
    }

    private static RegDate orNull(RegDate sent) {
        return sent == RegDate.NONE ? null : sent;
    }
}
