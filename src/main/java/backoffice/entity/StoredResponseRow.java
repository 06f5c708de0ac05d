package backoffice.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * The JPA entity of the table {@code stored_response}. Panache needs one for each repository. This one uses SQL alone
 * (see docs/adr/0005). No call loads or stores the entity.
 */
@Entity
@Table(name = "stored_response")
public class StoredResponseRow {

    /** Unique among the keys of a vendor. */
    @Id
    @Column(columnDefinition = "text")
    String idempotencyKey;

    @Column(columnDefinition = "text")
    String vendor;
}
