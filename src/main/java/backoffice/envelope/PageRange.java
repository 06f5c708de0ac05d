package backoffice.envelope;

/**
 * A part of a list.
 *
 * @param offset index of the first item, 0…2147483647
 * @param limit number of items, 1…1000
 */
public record PageRange(int offset, int limit) {}
