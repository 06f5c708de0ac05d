package backoffice.testsupport;

/** A check that the row counts are exact. It is valid while no transaction changes rows. */
public final class RowCountCheck {

    /** Selects the number of lists whose row count is wrong, plus the number of row counts of deleted groups. */
    public static final String WRONG_ROW_COUNTS = """
            select (select count(*) from (select vendor, list, group_id, sum(rows) as n from row_count group by vendor, list, group_id) kept
                full join (
                    select vendor, 'groups' as list, 0 as group_id, count(*) as n from customer_group group by vendor
                    union all
                    select vendor, 'customers', 0, count(*) from customer group by vendor
                    union all
                    select vendor, 'members', group_id, count(*) from customer where group_id is not null
                    group by vendor, group_id
                ) counted using (vendor, list, group_id)
                where coalesce(kept.n, 0) <> coalesce(counted.n, 0))
                + (select count(*) from row_count where list = 'members' and group_id not in (select id from customer_group))
            """;

    private RowCountCheck() {}
}
