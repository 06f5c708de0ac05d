package backoffice.testsupport;

/**
 * A check that the row counts in the table {@code tally} are exact. The check is
 * valid while no transaction changes rows.
 */
public final class RowCountCheck {

    /** Selects the number of lists whose row count is wrong, plus the number of row counts of deleted groups. */
    public static final String WRONG_ROW_COUNTS = """
            select (select count(*) from (select vendor, list, sum(total) as n from tally group by vendor, list) kept
                full join (
                    select vendor, 0::bigint as list, count(*) as n from customer_group group by vendor
                    union all
                    select vendor, list, count(*) from customer, unnest(array[group_id, -1]) list
                    where list is not null group by vendor, list
                ) counted using (vendor, list)
                where coalesce(kept.n, 0) <> coalesce(counted.n, 0))
                + (select count(*) from tally where list > 0 and list not in (select id from customer_group))
            """;

    private RowCountCheck() {}
}
