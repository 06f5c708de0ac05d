package backoffice.persistence;

import backoffice.bulkhead.MemoryBudget;
import java.util.List;

/** A select of SQL that returns its rows only if the call has memory for all of them. See {@link MemoryBudget#rows}. */
public final class SizedRows {

    private SizedRows() {}

    /**
     * The SQL of such a select. It returns two columns more than {@code rows} does, and one row when they are too large.
     *
     * @param rows the select, in whose order the rows come
     * @param bytes the size of a row {@code r}
     * @param room the number of the parameter for {@link MemoryBudget#room}
     */
    public static String sql(String rows, String bytes, int room) {
        return "select * from (select r.*, sum(" + bytes + ") over () as bytes, row_number() over () as number from ("
                + rows + ") r) r where bytes <= $" + room + " or number = 1 order by number";
    }

    /** Returns the rows of such a select. Fails as {@link MemoryBudget#requireRoom}. */
    public static List<Object[]> require(List<Object[]> rows) {
        if (!rows.isEmpty()) {
            Object[] first = rows.get(0);
            MemoryBudget.requireRoom(((Number) first[first.length - 2]).longValue());
        }
        return rows;
    }
}
