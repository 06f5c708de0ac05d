package backoffice.search;

import java.util.List;

/**
 * Body of a search as sent, not yet checked (docs/api.md, sections 6.1 and 6.5). Entries of the arrays may be null, and so
 * may each of the {@code values}.
 */
public record SearchRequest(List<Query> querys, List<Sort> sorts) {

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
