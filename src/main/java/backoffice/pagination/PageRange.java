package backoffice.pagination;

/** The range of items of a page: at most {@code limit} from the index {@code offset} on (docs/api.md, section 1.5). */
public record PageRange(int offset, int limit) {}
