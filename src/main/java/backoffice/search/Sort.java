package backoffice.search;

/**
 * Entry of {@code sorts}, as sent and not yet checked (docs/api.md, section 6.5).
 *
 * @param name the name of a field, null when it is not sent
 * @param order the wire name of a {@link Direction}; null means {@code asc}
 */
public record Sort(String name, String order) {}
