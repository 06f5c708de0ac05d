package backoffice.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * The JPA entity of the table {@code tally}: one of the slots whose sum is the number of rows of a list. Triggers of
 * the database maintain it. It only names columns for HQL; no call loads or stores it. See docs/adr/0006.
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
