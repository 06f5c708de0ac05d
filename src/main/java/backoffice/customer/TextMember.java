package backoffice.customer;

import java.util.Locale;
import java.util.function.Function;

/** The text members of a customer besides its name. The name of each constant is the name of its column in SQL. */
enum TextMember {
    DESCRIPTION("description", CustomerData::description),
    OFFICE_NUMBER("officeNumber", CustomerData::officeNumber),
    MOBILE_NUMBER("mobileNumber", CustomerData::mobileNumber),
    EMAIL("email", CustomerData::email),
    ADDRESS("address", CustomerData::address),
    CITY("city", CustomerData::city),
    COUNTRY("country", CustomerData::country),
    POSTCODE("postcode", CustomerData::postcode),
    CONTACT("contact", CustomerData::contact),
    REFERENCE_ID("referenceId", CustomerData::referenceId);

    private final String property;
    private final Function<CustomerData, Text> member;

    TextMember(String property, Function<CustomerData, Text> member) {
        this.property = property;
        this.member = member;
    }

    /** The property of {@link Customer} in HQL. */
    String property() {
        return property;
    }

    /** The column of the table {@code customer} in SQL. */
    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    Text of(CustomerData customer) {
        return member.apply(customer);
    }

    /** The value of the column for a customer; null when it has no value. */
    String columnValue(CustomerData customer) {
        Text text = of(customer);
        return text == null ? null : text.value();
    }
}
