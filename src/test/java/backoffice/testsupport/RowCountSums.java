package backoffice.testsupport;

/** What must hold of the table {@code tally} whenever nobody writes. */
public final class RowCountSums {

    /** Selects how many lists have another total than a count says, plus how many rows of lists that are gone were left. */
    public static final String COUNT_WRONG = """
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

    private RowCountSums() {}
}
