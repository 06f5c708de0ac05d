package backoffice.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Panache needs an entity for each repository. That of stored responses uses SQL alone. See docs/adr/0005. */
@Entity
@Table(name = "stored_response")
public class StoredResponseRow {

    /** Unique among the keys of a vendor. */
    @Id
    String idempotencyKey;

    String vendor;
}
