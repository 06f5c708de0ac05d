package backoffice.group;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** Names the columns of the table {@code customer_group} for HQL. No call loads or stores it. See docs/adr/0005. */
@Entity
public class CustomerGroup {

    @Id
    Long id;

    String vendor;

    /** Unique among the groups of a vendor. */
    String name;
}
