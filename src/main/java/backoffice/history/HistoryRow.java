package backoffice.history;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The entity that Panache needs for the repository of the history. It uses SQL alone, so no call loads or stores it. */
@Entity
@Table(name = "history")
public class HistoryRow {

    @Id
    Long id;

    @Column(columnDefinition = "text")
    String vendor;
}
