package backoffice.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * A row of the table {@code tally}: one of the slots whose sum is the number of rows in a list. Triggers of the database
 * maintain it. Statements read sums of it; no call loads or stores the entity.
 */
@Entity
@Table(name = "tally")
public class RowCount {

    /** JPA requires an id. The slot alone does not identify a row. */
    @Id
    Integer slot;

    @Column(columnDefinition = "text")
    String vendor;

    /** The id of the group whose customers are counted; 0 for the vendor's groups, -1 for the vendor's customers. */
    Long list;

    Long total;

    Long version;
}
