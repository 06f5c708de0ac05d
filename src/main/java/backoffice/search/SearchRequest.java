package backoffice.search;

import java.util.List;

/** Body of a search as sent, not yet checked (docs/api.md, section 6.1). Entries of the arrays may be null. */
public record SearchRequest(List<Query> querys, List<Sort> sorts) {

    /** The search that finds all items, in the order of the list call. */
    public static final SearchRequest EVERYTHING = new SearchRequest(null, null);

    public SearchRequest {
        querys = querys == null ? List.of() : querys;
        sorts = sorts == null ? List.of() : sorts;
    }
}
