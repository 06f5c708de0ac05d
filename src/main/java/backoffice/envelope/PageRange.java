package backoffice.envelope;

/**
 * The range of items of a page (docs/api.md, section 1.5).
 *
 * @param offset the index of the first item, 0…2147483647
 * @param limit the largest number of items, 1…1000
 */
public record PageRange(int offset, int limit) {}
