package backoffice.testsupport;

/** A check that the row counts are exact. It is valid while no transaction changes rows. */
public final class RowCountCheck {

    private static final String ROWS = """
            (select vendor, 'groups' as list, 0 as group_id, name from customer_group
                union all select vendor, 'customers', 0, name from customer
                union all select vendor, 'members', group_id, name from customer where group_id is not null)
            """;

    /** Selects the number of ranges whose row count is wrong, plus the number of row counts of deleted groups. */
    public static final String WRONG_ROW_COUNTS = """
            select (select count(*) from (
                select vendor, list, group_id, first_name, sum(stored) as stored, sum(counted) as counted
                from (select vendor, list, group_id, first_name, rows as stored, 0 as counted from row_count
                    union all
                    select vendor, list, group_id, coalesce((select max(first_name) from row_count r
                        where (r.vendor, r.list, r.group_id) = (l.vendor, l.list, l.group_id) and r.first_name <= l.name), ''), 0, 1
                    from %s l) each_row
                group by vendor, list, group_id, first_name having sum(stored) <> sum(counted)) wrong)
                + (select count(*) from row_count where list = 'members' and group_id not in (select id from customer_group))
            """.formatted(ROWS);

    /** Cuts each list into ranges of some hundred names, as it is done with ranges of 100,000 in a long list. */
    public static final String CUT = """
            delete from row_count;
            insert into row_count (vendor, list, group_id, first_name, slot, rows, is_whole_list)
            select vendor, list, group_id, case range when 0 then '' else min(name) end, 0, count(*), max(range) over list = 0
            from (select l.*, rank() over (partition by vendor, list, group_id order by name collate "C") / 300 as range
                from %s l) ranked
            group by vendor, list, group_id, range
            window list as (partition by vendor, list, group_id)
            """.formatted(ROWS);

    private RowCountCheck() {}
}
