package backoffice.search;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.search.SearchRequest.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Total order of the result: the sorts, and then the other fields that identify a row (docs/api.md, section 6.5). */
final class Order {

    private record Item(Field field, Direction direction) {

        /** Missing values come first in ascending order, and last in descending order. */
        String hql() {
            return hqlOfPresent() + (field.nullable() ? direction.nulls : "");
        }

        /** For rows that all have a value. Without {@code nulls first} or {@code last}, an index can serve it. */
        String hqlOfPresent() {
            return field.path() + direction.hql;
        }
    }

    private enum Direction {
        ASC(" asc", " nulls first"),
        DESC(" desc", " nulls last");

        private final String hql;
        private final String nulls;

        Direction(String hql, String nulls) {
            this.hql = hql;
            this.nulls = nulls;
        }

        /** @param order {@code asc} or {@code desc} in ASCII letters of any case; null means {@code asc} */
        static Direction of(String order) {
            return Stream.of(values())
                    .filter(direction -> order == null || order.matches("(?i)" + direction.name()))
                    .findFirst()
                    .orElseThrow(() -> new ApiException(Problem.UNKNOWN_ORDER, order));
        }
    }

    private final List<Item> items = new ArrayList<>();

    Order(List<Sort> sorts, Fields fields) {
        for (int i = 0; i < sorts.size(); i++) {
            Sort sort = HqlTranslator.entry("sorts", sorts, i);
            Item item = new Item(fields.sortable(sort.name()), Direction.of(sort.order()));
            if (sortsBy(item.field())) {
                throw new ApiException(Problem.SORTED_TWICE, sort.name());
            }
            items.add(item);
        }
        fields.identity().stream()
                .filter(field -> !sortsBy(field))
                .forEach(field -> items.add(new Item(field, Direction.ASC)));
    }

    private boolean sortsBy(Field field) {
        return items.stream().anyMatch(item -> item.field() == field);
    }

    String hql() {
        return hql(items);
    }

    /**
     * What bounds the rows of a page without conditions, because an index has the order of the first field and those with the
     * same value are sorted. Rows in parts are found group by group.
     */
    RowBound bound() {
        return items.get(0).field().bound();
    }

    boolean beginsWith(Field field) {
        return items.get(0).field() == field;
    }

    boolean beginsWithJoined() {
        return items.get(0).field().isOfJoinedRow();
    }

    /** The order up to the first field of a joined row, which an index can have. */
    String ofRows() {
        return hql(
                items.stream().takeWhile(item -> !item.field().isOfJoinedRow()).toList());
    }

    /**
     * The parts of the result, in their order; empty when neither the order begins with a joined row nor the search finds
     * only rows that refer to one.
     */
    List<Hql.Part> parts(boolean requiresJoined) {
        if (!requiresJoined && !beginsWithJoined()) {
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
        return items.get(0).direction() == Direction.ASC ? List.of(without, with) : List.of(with, without);
    }

    private static String hql(List<Item> items) {
        return items.stream().map(Item::hql).collect(Collectors.joining(", "));
    }
}
