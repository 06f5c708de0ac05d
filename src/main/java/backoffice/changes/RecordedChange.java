package backoffice.changes;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * The JPA entity of the table {@code change}. Panache needs one for each repository. Those of changes use SQL alone (see
 * docs/adr/0005). No call loads or stores the entity.
 */
@Entity
@Table(name = "change")
public class RecordedChange {

    /** Unique among the changes of a vendor in one era. */
    @Id
    Long position;

    @Column(columnDefinition = "text")
    String vendor;
}
