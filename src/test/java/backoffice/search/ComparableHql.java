package backoffice.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Replaces arrays among the parameters with lists, because arrays with the same items are not equal. */
final class ComparableHql {

    private ComparableHql() {}

    static Hql of(Hql hql) {
        return new Hql(hql.where(), hql.orderBy(), hql.bound(), hql.isVersioned(), hql.parts(), of(hql.parameters()));
    }

    static Map<String, Object> of(Map<String, Object> parameters) {
        Map<String, Object> comparable = new LinkedHashMap<>(parameters);
        comparable.replaceAll((name, value) -> value instanceof Object[] several ? List.of(several) : value);
        return comparable;
    }
}
