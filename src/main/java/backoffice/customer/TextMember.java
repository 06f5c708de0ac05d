package backoffice.customer;

import backoffice.entity.Customer;
import java.util.Locale;
import java.util.function.Function;

/** The texts of a customer besides its name, each with the property of {@link Customer} and the column that hold it. */
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

    String property() {
        return property;
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    Text of(CustomerData customer) {
        return member.apply(customer);
    }

    /** What stands in the column; null when nothing does. */
    String columnOf(CustomerData customer) {
        Text text = of(customer);
        return text == null ? null : text.value();
    }
}
