package backoffice.pagination;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Names the columns of the table {@code row_count} for HQL. The sum of its slots is a row count. See docs/adr/0006. */
@Entity
@Table(name = "row_count")
public class RowCountSlot {

    /** JPA requires an id. The slot alone does not identify a row. */
    @Id
    Integer slot;

    String vendor;

    /** What is counted: {@code groups} or {@code customers} of the vendor, or {@code members} of a group. */
    String list;

    /** The group whose members are counted; 0 for the other lists. */
    Long groupId;

    /** The name at which the range begins whose rows are counted; empty for the first range of the list. */
    String firstName;

    Long rows;
}
