package backoffice.search;

import backoffice.search.InvalidSearchException.Reason;

/** The order of one sort. A null sorts first, and last with {@code desc} (contract, section 6). */
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

    /** The item of an {@code order by} clause. */
    String orderBy(Field field) {
        return orderByPresent(field) + (field.nullable() ? " " + nulls : "");
    }

    /** The same where every row has a value: it names no place for those without, so that an index serves. */
    String orderByPresent(Field field) {
        return field.path() + " " + hql;
    }
}
