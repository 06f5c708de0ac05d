package backoffice.search;

import java.util.List;

/**
 * Body of a search as sent (docs/api.md, sections 6.1 and 6.5), within the limits below and not yet checked further. Each
 * of the {@code values} may be null, and no entry of the other arrays.
 */
public record SearchRequest(List<Query> querys, List<Sort> sorts) {

    /** The most conditions. */
    public static final int MAX_QUERYS = 32;

    /** The most values of all conditions. */
    public static final int MAX_VALUES = 1000;

    /** More sorts than any resource has fields, so a longer array has a fault, too. */
    public static final int MAX_SORTS = 32;

    /** The search that finds all items, in the order of the list call. */
    public static final SearchRequest EVERYTHING = new SearchRequest(null, null);

    public SearchRequest {
        querys = querys == null ? List.of() : querys;
        sorts = sorts == null ? List.of() : sorts;
    }

    public record Query(String name, String op, List<String> values) {

        public Query {
            values = values == null ? List.of() : values;
        }
    }

    public record Sort(String name, String order) {}
}
