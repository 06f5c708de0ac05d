package backoffice.customer;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.LocalDateTime;

/** A row of {@code customer}. Statements speak of it; calls read and write projections, never the entity. */
@Entity
public class Customer {

    @Id
    Long id;

    String vendor;
    String name;

    /** The group that the customer is in; null when it is in none. */
    Long groupId;

    String description;

    /** In the zone of {@code backoffice.zone}. */
    LocalDateTime regDate;

    String officeNumber;
    String mobileNumber;
    String email;
    String address;
    String city;
    String country;
    String postcode;
    String contact;

    /** The vendor's own id of the customer, unique where there is one. */
    String referenceId;
}
