package backoffice.search;

import backoffice.envelope.ApiException;
import backoffice.envelope.Location;
import backoffice.envelope.Problem;
import backoffice.search.Hql.Parameters;
import backoffice.search.SearchRequest.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        Hql.Where where = where(conditions, order.first() == fields.listName());
        return new Hql(
                where,
                order.hql(conditions.stream().anyMatch(Condition::requiresJoined)),
                effort(conditions, where.names() != null, order.first()),
                parameters.values());
    }

    /**
     * @param values the number of its values
     * @param isOfKey whether it is for rows with these values of a key
     * @param requiresJoined whether it finds only rows that refer to a joined row, which it also reads
     * @param isSparse as of {@link Hql.Where}
     * @param names the range of names that it is; null when it is something else
     */
    private record Condition(
            String hql,
            int values,
            boolean isOfKey,
            boolean readsJoined,
            boolean requiresJoined,
            boolean isSparse,
            Hql.NameRange names) {}

    private static Hql.Where where(List<Condition> conditions, boolean isInOrderOfNames) {
        return new Hql.Where(
                where(conditions.stream().filter(condition -> !condition.readsJoined())),
                where(conditions.stream().filter(Condition::readsJoined)),
                isInOrderOfNames && conditions.size() == 1 ? conditions.get(0).names() : null,
                conditions.stream().anyMatch(Condition::isSparse));
    }

    private static String where(Stream<Condition> conditions) {
        return conditions.map(condition -> " and " + condition.hql()).collect(Collectors.joining());
    }

    /** Row counts know how many rows a range of names has. An order by group reads all groups, whatever the condition. */
    private static Hql.Effort effort(List<Condition> conditions, boolean isRange, Field first) {
        boolean isOfKey = !first.isOfJoinedRow() && conditions.stream().anyMatch(Condition::isOfKey);
        int values = conditions.stream().mapToInt(Condition::values).sum();
        return new Hql.Effort(isRange || isOfKey, Math.max(1, values));
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
                values.size(),
                field.isKey() && operator == Operator.EQUAL,
                readsJoined,
                readsJoined && !operator.isNegated(),
                operator == Operator.CONTAINS,
                field == fields.listName() ? operator.range(values) : null);
    }
}
