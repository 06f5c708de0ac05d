package backoffice.search;

import backoffice.search.InvalidSearchException.Reason;

/**
 * Direction of a sort (docs/api.md, section 6.5). Missing values sort first in ascending order and last
 * in descending order.
 */
enum Direction {
    ASC("asc", "nulls first"),
    DESC("desc", "nulls last");

    private final String hql;
    private final String nulls;

    Direction(String hql, String nulls) {
        this.hql = hql;
        this.nulls = nulls;
    }

    /**
     * Returns the direction that a client sent.
     *
     * @param order {@code asc} or {@code desc} in any letter case; null means {@code asc}
     * @throws InvalidSearchException when it is anything else
     */
    static Direction of(String order) {
        if (order == null || order.equalsIgnoreCase("asc")) {
            return ASC;
        }
        if (order.equalsIgnoreCase("desc")) {
            return DESC;
        }
        throw new InvalidSearchException(Reason.UNKNOWN_ORDER, order);
    }

    /** Returns the item of an {@code order by} clause that sorts by the field. */
    String orderBy(Field field) {
        return orderByPresent(field) + (field.nullable() ? " " + nulls : "");
    }

    /**
     * Returns the item for rows that all have a value in the field. It has no {@code nulls first} or
     * {@code nulls last}, so that an index can serve it.
     */
    String orderByPresent(Field field) {
        return field.path() + " " + hql;
    }
}
