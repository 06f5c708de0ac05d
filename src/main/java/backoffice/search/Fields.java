package backoffice.search;

import static backoffice.search.Field.Type.TEXT;
import static backoffice.search.Field.Type.TIME;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import java.util.List;

/** Allowlist of the fields of each searchable resource (docs/api.md, section 6.3). */
public enum Fields {
    /** Customer groups, {@code g} in HQL. */
    GROUPS(List.of("name"), new Field("name", "g.name", TEXT, null, true, RowBound.VALUES)),

    /** Customers, {@code c} in HQL, with their group as {@code g}, which is null for a customer without a group. */
    CUSTOMERS(
            List.of("name", "groupName"),
            new Field("name", "c.name", TEXT, null, true, RowBound.GROUPS),
            new Field("groupName", "g.name", TEXT, "c.groupId", true, RowBound.ROWS),
            new Field("referenceId", "c.referenceId", TEXT, "c.referenceId", false, RowBound.VALUES),
            new Field("regDate", "c.regDate", TIME, null, true, RowBound.ROWS));

    private final List<Field> fields;
    private final List<Field> sortable;
    private final List<Field> identity;

    Fields(List<String> identity, Field... fields) {
        this.fields = List.of(fields);
        this.sortable = this.fields.stream().filter(Field::sortable).toList();
        this.identity = identity.stream().map(this::queryable).toList();
    }

    public List<Field> fields() {
        return fields;
    }

    /** The fields that together identify a row. An order that contains all of them has no ties. */
    List<Field> identity() {
        return identity;
    }

    /** The field by which the list of the resource is sorted. */
    Field listName() {
        return identity.get(0);
    }

    Field queryable(String name) {
        return find(name, fields);
    }

    Field sortable(String name) {
        return find(name, sortable);
    }

    private static Field find(String name, List<Field> accepted) {
        return accepted.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                                Problem.UNKNOWN_FIELD,
                                String.valueOf(name),
                                accepted.stream().map(Field::name).toList())
                        .at(Field.NAME));
    }
}
