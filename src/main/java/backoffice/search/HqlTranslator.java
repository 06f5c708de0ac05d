package backoffice.search;

import backoffice.envelope.ApiException;
import backoffice.envelope.Location;
import backoffice.envelope.Problem;
import backoffice.search.SearchRequest.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Translator of {@code querys} and {@code sorts} to parameterized HQL (docs/api.md, section 6). */
public final class HqlTranslator {

    private static final Location QUERYS = Location.BODY.member("querys");
    private static final Location VALUES = Location.BODY.member("values");

    private HqlTranslator() {}

    public static Hql translate(SearchRequest request, Fields fields) {
        Parameters parameters = new Parameters();
        List<Condition> conditions = new ArrayList<>();
        QUERYS.forEachEntryOf(request.querys(), query -> conditions.add(condition(query, fields, parameters)));
        Order order = new Order(request.sorts(), fields);
        List<Hql.Part> parts = order.parts(conditions.stream().anyMatch(Condition::requiresJoined));
        Field first = order.first();
        Hql.NameRange names = first == fields.listName() && conditions.size() == 1
                ? conditions.get(0).names()
                : null;
        Optional<RowBound> least = conditions.stream().map(Condition::bound).min(Comparator.naturalOrder());
        // An index has the order of the first field. An order that begins with a group finds the rows group by group.
        RowBound bound =
                names != null ? RowBound.VALUES : first.isOfJoinedRow() ? first.bound() : least.orElse(first.bound());
        // An index finds the values that bound the rows. No row is compared with them.
        int comparisons = conditions.stream()
                .filter(condition -> bound != RowBound.VALUES || condition.bound() != RowBound.VALUES)
                .mapToInt(Condition::values)
                .sum();
        return new Hql(
                where(conditions, false),
                where(conditions, true),
                order.hql(),
                order.ofRows(),
                bound,
                Math.max(1, comparisons),
                request.querys().stream().anyMatch(query -> Operator.of(query.op()) == Operator.CONTAINS),
                names,
                parts,
                parameters.values());
    }

    /**
     * @param requiresJoined whether it finds only rows that refer to a joined row, which it also reads
     * @param names the range of names that it is; null when it is something else
     */
    private record Condition(
            String hql, RowBound bound, int values, boolean readsJoined, boolean requiresJoined, Hql.NameRange names) {}

    private static String where(List<Condition> conditions, boolean ofJoined) {
        return conditions.stream()
                .filter(condition -> condition.readsJoined() == ofJoined)
                .map(condition -> " and " + condition.hql())
                .collect(Collectors.joining());
    }

    private static Condition condition(Query query, Fields fields, Parameters parameters) {
        Field field = fields.queryable(query.name());
        Operator operator = Operator.of(query.op());
        if (!operator.arity().admits(query.values().size())) {
            throw new ApiException(
                            Problem.WRONG_NUMBER_OF_VALUES,
                            operator.wireName(),
                            query.values().size(),
                            operator.arity())
                    .at(VALUES);
        }
        if (!field.type().accepts(operator)) {
            List<String> accepted =
                    field.type().operators().stream().map(Operator::wireName).toList();
            throw new ApiException(Problem.OPERATOR_NOT_FOR_FIELD, operator.wireName(), field.name(), accepted)
                    .at(Operator.OP);
        }
        List<Object> values = new ArrayList<>();
        VALUES.forEachEntryOf(query.values(), sent -> {
            Object value = field.parse(sent);
            values.add(operator.matchesPatterns() ? LikePattern.of((String) value) : value);
        });
        boolean readsJoined = field.isOfJoinedRow() && operator.arity() != Operator.Arity.NONE;
        return new Condition(
                operator.hql(field, values, parameters),
                operator.bound(field, values.size()),
                values.size(),
                readsJoined,
                readsJoined && !operator.findsMissing(),
                field == fields.listName() ? operator.range(values) : null);
    }
}
