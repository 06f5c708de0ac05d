package backoffice.search;

import java.util.List;

/**
 * Body of a search as sent and not yet checked (docs/api.md, section 6.1).
 *
 * @param querys the conditions, all of which must hold; null becomes an empty list, and entries may be null
 * @param sorts the sorts; null becomes an empty list, which means the order of the list call, and entries may be null
 */
public record SearchRequest(List<Query> querys, List<Sort> sorts) {

    /** The search that finds all items, in the order of the list call. */
    public static final SearchRequest EVERYTHING = new SearchRequest(null, null);

    public SearchRequest {
        querys = querys == null ? List.of() : querys;
        sorts = sorts == null ? List.of() : sorts;
    }
}
