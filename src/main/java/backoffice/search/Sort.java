package backoffice.search;

/**
 * One sort, as it was sent and not yet checked.
 *
 * @param name the client's name of a field
 * @param order the wire name of a {@link Direction}; null means {@code asc}
 */
public record Sort(String name, String order) {}
