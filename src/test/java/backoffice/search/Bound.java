package backoffice.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a translation bound, with lists for arrays, which are never equal to each other. */
final class Bound {

    private Bound() {}

    static Hql readable(Hql hql) {
        return new Hql(hql.where(), hql.orderBy(), hql.parts(), readable(hql.parameters()));
    }

    static Map<String, Object> readable(Map<String, Object> parameters) {
        Map<String, Object> readable = new LinkedHashMap<>(parameters);
        readable.replaceAll((name, value) -> value instanceof Object[] several ? List.of(several) : value);
        return readable;
    }
}
