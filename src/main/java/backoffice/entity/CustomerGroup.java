package backoffice.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/**
 * The JPA entity of the table {@code customer_group}. It only names columns for HQL (see docs/adr/0005). No call loads
 * or stores it.
 */
@Entity
public class CustomerGroup {

    @Id
    Long id;

    @Column(columnDefinition = "text")
    String vendor;

    /** Unique among the groups of a vendor. */
    @Column(columnDefinition = "text")
    String name;
}
