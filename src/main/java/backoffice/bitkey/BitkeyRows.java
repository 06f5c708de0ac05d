package backoffice.bitkey;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;

import backoffice.bitkey.Bitkey.Digest;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The bitkeys in the rows of the table {@code bitkey}. A faulty row costs no other key. A digest that two rows have is
 * nobody's, because one of them could act as the other, or beyond its own scope and expiry.
 *
 * @param keys the keys that can be used
 * @param expired the keys that had expired when they were read
 * @param refused the vendors and names of the others; empty without any
 */
record BitkeyRows(Map<Digest, Bitkey> keys, Map<Digest, Bitkey> expired, String refused) {

    /** @param rows with the vendor, name, digest, scope and expiry of a key, and whether it has expired, in their first columns */
    static BitkeyRows of(List<Object[]> rows) {
        Map<Boolean, List<Object[]>> byExpiry = rows.stream().collect(partitioningBy(row -> (Boolean) row[5]));
        Map<Boolean, List<Bitkey>> byForm =
                byExpiry.get(false).stream().map(BitkeyRows::key).collect(groupingBy(BitkeyRows::isWellFormed));
        Map<Digest, List<Bitkey>> byDigest =
                byForm.getOrDefault(true, List.of()).stream().collect(groupingBy(Bitkey::digest));
        Stream<Bitkey> twins =
                byDigest.values().stream().filter(same -> same.size() > 1).flatMap(List::stream);
        String refused = Stream.concat(byForm.getOrDefault(false, List.of()).stream(), twins)
                .map(key -> key.vendor() + "/" + key.name())
                .sorted()
                .collect(joining(", "));
        return new BitkeyRows(
                byDigest.values().stream()
                        .filter(same -> same.size() == 1)
                        .map(same -> same.get(0))
                        .collect(toMap(Bitkey::digest, key -> key)),
                byExpiry.get(true).stream()
                        .map(BitkeyRows::key)
                        .filter(BitkeyRows::isWellFormed)
                        .collect(toMap(Bitkey::digest, key -> key, (one, other) -> one)),
                refused);
    }

    private static boolean isWellFormed(Bitkey key) {
        return key.digest().bytes().length == Digest.LENGTH
                && Bitkey.isVendorName(key.vendor())
                && Bitkey.vendorName(key.vendor()).equals(key.vendor());
    }

    private static Bitkey key(Object[] row) {
        OffsetDateTime expiresAt = (OffsetDateTime) row[4];
        return new Bitkey(
                (String) row[0],
                (String) row[1],
                new Digest((byte[]) row[2]),
                (Boolean) row[3],
                expiresAt == null ? null : expiresAt.toInstant(),
                false);
    }
}
