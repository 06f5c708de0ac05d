package backoffice.search;

import java.util.List;

/**
 * What a client asks of a search call, as it was sent (contract, section 6).
 *
 * @param querys conditions, all of which must hold; null means none
 * @param sorts the order of the answer; null means the resource's own
 */
public record SearchRequest(List<Query> querys, List<Sort> sorts) {

    /** Asks for everything in the resource's own order. */
    public static final SearchRequest EVERYTHING = new SearchRequest(null, null);

    public SearchRequest {
        querys = querys == null ? List.of() : querys;
        sorts = sorts == null ? List.of() : sorts;
    }
}
