package backoffice.customer;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDateTime;

/** A row of {@code customer}. Statements speak of it; calls read and write projections, never the entity. */
@Entity
@Table(name = "customer")
public class Customer {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(columnDefinition = "text")
    String vendor;

    @Column(columnDefinition = "text")
    String name;

    /** The group that the customer is in; null when it is in none. */
    @Column(name = "group_id")
    Long groupId;

    @Column(columnDefinition = "text")
    String description;

    /** In the zone of {@code backoffice.zone}. */
    @Column(name = "reg_date")
    LocalDateTime regDate;

    @Column(name = "office_number", columnDefinition = "text")
    String officeNumber;

    @Column(name = "mobile_number", columnDefinition = "text")
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
    @Column(name = "reference_id", columnDefinition = "text")
    String referenceId;
}
