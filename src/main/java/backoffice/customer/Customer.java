package backoffice.customer;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

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
}
