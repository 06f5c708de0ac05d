package backoffice.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A row of {@code tally}, which the database's triggers keep: a part of a list's length, and of the number of its changes. */
@Entity
public class Tally {

    /** The list of a vendor's groups, in HQL. */
    public static final String GROUPS = "0";

    /** The list of a vendor's customers, in HQL. */
    public static final String CUSTOMERS = "-1";

    /** Not an id by itself; but statements only sum rows up, and JPA wants one. */
    @Id
    Integer slot;

    @Column(columnDefinition = "text")
    String vendor;

    /** The id of the group whose customers are counted, or one of the lists above. */
    Long list;

    Long total;

    Long version;

    /** Selects the length of a list of {@code :vendor}. */
    public static String length(String list) {
        return "select cast(coalesce(sum(t.total), 0) as Long) " + of(list);
    }

    /** Selects a text that no other state of any list of {@code :vendor} has, or nothing for one that never had an item. */
    public static String version(String list) {
        return "select concat(cast(t.list as String), ' ', cast(sum(t.version) as String)) " + of(list)
                + " group by t.list";
    }

    private static String of(String list) {
        return "from Tally t where t.vendor = :vendor and t.list = " + list;
    }
}
