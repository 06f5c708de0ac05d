package backoffice.search;

import backoffice.envelope.ApiException;
import backoffice.envelope.Location;
import backoffice.envelope.Problem;
import backoffice.search.SearchRequest.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Total order of the result: the sorts, and then the other fields that identify a row (docs/api.md, section 6.5). */
final class Order {

    private record Item(Field field, boolean isDescending) {

        /** Missing values come first in ascending order, and last in descending order. */
        String hql() {
            return hqlOfPresent() + (!field.nullable() ? "" : isDescending ? " nulls last" : " nulls first");
        }

        /** For rows that all have a value. Without {@code nulls first} or {@code last}, an index can serve it. */
        String hqlOfPresent() {
            return field.path() + (isDescending ? " desc" : " asc");
        }
    }

    private final List<Item> items = new ArrayList<>();

    Order(List<Sort> sorts, Fields fields) {
        Location.BODY.member("sorts").forEachEntryOf(sorts, sort -> {
            Item item = new Item(fields.sortable(sort.name()), isDescending(sort.order()));
            if (sortsBy(item.field())) {
                throw new ApiException(Problem.SORTED_TWICE, sort.name()).at(Field.NAME);
            }
            items.add(item);
        });
        fields.identity().stream().filter(field -> !sortsBy(field)).forEach(field -> items.add(new Item(field, false)));
    }

    private boolean sortsBy(Field field) {
        return items.stream().anyMatch(item -> item.field() == field);
    }

    /** @param order {@code asc} or {@code desc} in ASCII letters of any case; null means {@code asc} */
    private static boolean isDescending(String order) {
        boolean isAscending = order == null || order.matches("(?i)asc");
        if (!isAscending && !order.matches("(?i)desc")) {
            throw new ApiException(Problem.UNKNOWN_ORDER, order).at(Location.BODY.member("order"));
        }
        return !isAscending;
    }

    /** @param requiresJoined whether the search finds only rows that refer to a joined row */
    Hql.OrderBy hql(boolean requiresJoined) {
        List<Item> ofRows =
                items.stream().takeWhile(item -> !item.field().isOfJoinedRow()).toList();
        return new Hql.OrderBy(hql(items), hql(ofRows), parts(requiresJoined));
    }

    /** The field by which the rows are sorted first. */
    Field first() {
        return items.get(0).field();
    }

    /**
     * The parts of the result, in their order; empty when neither the order begins with a joined row nor the search finds
     * only rows that refer to one.
     */
    private List<Hql.Part> parts(boolean requiresJoined) {
        if (!requiresJoined && !first().isOfJoinedRow()) {
            return List.of();
        }
        String withinJoined =
                hql(items.stream().filter(item -> !item.field().isOfJoinedRow()).toList());
        Hql.Part with =
                new Hql.Part(items.stream().map(Item::hqlOfPresent).collect(Collectors.joining(", ")), withinJoined);
        if (requiresJoined) {
            return List.of(with);
        }
        Hql.Part without = new Hql.Part(withinJoined, null);
        return items.get(0).isDescending() ? List.of(with, without) : List.of(without, with);
    }

    private static String hql(List<Item> items) {
        return items.stream().map(Item::hql).collect(Collectors.joining(", "));
    }
}
