package backoffice.value;

/**
 * The vendor whose rows a call reads and changes (docs/api.md, section 2). It is a type of its own, so that it cannot be
 * taken for the text of a statement.
 */
public record Vendor(String name) {}
