package backoffice.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.LocalDateTime;

/** Names the columns of the table {@code customer} for HQL. No call loads or stores it. See docs/adr/0005. */
@Entity
public class Customer {

    @Id
    Long id;

    @Column(columnDefinition = "text")
    String vendor;

    @Column(columnDefinition = "text")
    String name;

    /** The id of the group of the customer; null for a customer without a group. */
    Long groupId;

    @Column(columnDefinition = "text")
    String description;

    /** A local time in the zone {@code backoffice.zone}, to the second. */
    LocalDateTime regDate;

    @Column(columnDefinition = "text")
    String officeNumber;

    @Column(columnDefinition = "text")
    String mobileNumber;

    @Column(columnDefinition = "text")
    String email;

    @Column(columnDefinition = "text")
    String address;

    @Column(columnDefinition = "text")
    String city;

    @Column(columnDefinition = "text")
    String country;

    @Column(columnDefinition = "text")
    String postcode;

    @Column(columnDefinition = "text")
    String contact;

    /** The vendor's own id of the customer; null or unique among the customers of a vendor. */
    @Column(columnDefinition = "text")
    String referenceId;
}
