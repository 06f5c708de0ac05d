package backoffice.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.LocalDateTime;

/** A row of {@code customer}. Statements speak of it; calls read and write projections, never the entity. */
@Entity
public class Customer {

    @Id
    Long id;

    @Column(columnDefinition = "text")
    String vendor;

    @Column(columnDefinition = "text")
    String name;

    /** The group that the customer is in; null when it is in none. */
    Long groupId;

    @Column(columnDefinition = "text")
    String description;

    /** In the zone of {@code backoffice.zone}. */
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

    /** The vendor's own id of the customer, unique where there is one. */
    @Column(columnDefinition = "text")
    String referenceId;
}
