package backoffice.customer;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.LocalDateTime;

/** Names the columns of the table {@code customer} for HQL. No call loads or stores it. See docs/adr/0005. */
@Entity
public class Customer {

    @Id
    Long id;

    String vendor;
    String name;

    /** Null for a customer without a group. */
    Long groupId;

    String description;

    /** A local time in the zone {@code backoffice.zone}, to the second. */
    LocalDateTime regDate;

    String officeNumber;
    String mobileNumber;
    String email;
    String address;
    String city;
    String country;
    String postcode;
    String contact;

    /** Null, or unique in the vendor. */
    String referenceId;
}
