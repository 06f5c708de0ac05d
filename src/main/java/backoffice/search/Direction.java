package backoffice.search;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;

/** Direction of a sort. Missing values sort first in ascending order and last in descending (docs/api.md, section 6.5). */
enum Direction {
    ASC("asc", " nulls first"),
    DESC("desc", " nulls last");

    private final String hql;
    private final String nulls;

    Direction(String hql, String nulls) {
        this.hql = hql;
        this.nulls = nulls;
    }

    /** @param order {@code asc} or {@code desc} in any letter case; null means {@code asc} */
    static Direction of(String order) {
        if (order == null || order.equalsIgnoreCase(ASC.hql)) {
            return ASC;
        }
        if (order.equalsIgnoreCase(DESC.hql)) {
            return DESC;
        }
        throw new ApiException(Problem.UNKNOWN_ORDER, order);
    }

    /** The item of an {@code order by} clause that sorts by the field. */
    String orderBy(Field field) {
        return orderByPresent(field) + (field.nullable() ? nulls : "");
    }

    /** The item for rows that all have a value. Without {@code nulls first} or {@code last}, an index can serve it. */
    String orderByPresent(Field field) {
        return field.path() + " " + hql;
    }
}
