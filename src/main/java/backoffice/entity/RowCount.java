package backoffice.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * The JPA entity of the table {@code row_count}: one of the slots whose sum is the number of rows of a list. Triggers of
 * the database maintain it. It only names columns for HQL; no call loads or stores it. See docs/adr/0006.
 */
@Entity
@Table(name = "row_count")
public class RowCount {

    /** JPA requires an id. The slot alone does not identify a row. */
    @Id
    Integer slot;

    @Column(columnDefinition = "text")
    String vendor;

    /** What is counted: {@code groups} or {@code customers} of the vendor, or {@code members} of a group. */
    @Column(columnDefinition = "text")
    String list;

    /** The group whose members are counted; 0 for the other lists. */
    Long groupId;

    Long rows;

    Long version;
}
