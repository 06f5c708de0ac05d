package backoffice.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A row of {@code customer_group}. Statements speak of it; calls read and write projections, never the entity. */
@Entity
public class CustomerGroup {

    @Id
    Long id;

    @Column(columnDefinition = "text")
    String vendor;

    @Column(columnDefinition = "text")
    String name;
}
