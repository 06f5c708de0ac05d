package backoffice.search;

/** Entry of {@code sorts} as sent, not yet checked (docs/api.md, section 6.5). */
public record Sort(String name, String order) {}
