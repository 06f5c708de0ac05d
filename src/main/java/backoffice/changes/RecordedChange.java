package backoffice.changes;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The entity that Panache needs for the repositories of changes. They use SQL alone, so no call loads or stores it. */
@Entity
@Table(name = "change")
public class RecordedChange {

    @Id
    Long position;

    @Column(columnDefinition = "text")
    String vendor;
}
