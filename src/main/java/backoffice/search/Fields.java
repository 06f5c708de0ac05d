package backoffice.search;

import static backoffice.search.Field.Type.ANY;
import static backoffice.search.Field.Type.TEXT;
import static backoffice.search.Field.Type.TIME;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import java.util.List;
import java.util.stream.Stream;

/** Allowlist of the fields of each searchable resource (docs/api.md, section 6.3). */
public enum Fields {
    /** Customer groups, {@code g} in HQL. */
    GROUPS(List.of("name"), List.of(new Field("name", "g.name", TEXT, null, true, true))),

    /** Customers, {@code c} in HQL, with their group as {@code g}, which is null for a customer without a group. */
    CUSTOMERS(
            List.of("name", "groupName"),
            withAny(
                    new Field("name", "c.name", TEXT, null, true, true),
                    new Field("groupName", "g.name", TEXT, "c.groupId", true, false),
                    text("description"),
                    new Field("regDate", "c.regDate", TIME, null, true, false),
                    text("officeNumber"),
                    text("mobileNumber"),
                    text("email"),
                    text("address"),
                    text("city"),
                    text("country"),
                    text("postcode"),
                    text("contact"),
                    new Field("referenceId", "c.referenceId", TEXT, "c.referenceId", false, true)));

    private final List<Field> fields;
    private final List<Field> sortable;
    private final List<Field> identity;

    Fields(List<String> identity, List<Field> fields) {
        this.fields = fields;
        this.sortable = this.fields.stream().filter(Field::sortable).toList();
        this.identity = identity.stream().map(this::queryable).toList();
    }

    /** A text of a customer that can be missing. */
    private static Field text(String name) {
        return new Field(name, "c." + name, TEXT, "c." + name, false, false);
    }

    /** Adds the field that is all texts of a customer. */
    private static List<Field> withAny(Field... fields) {
        List<String> texts = Stream.of(fields)
                .filter(field -> field.type() == TEXT && !field.isOfJoinedRow())
                .map(Field::path)
                .toList();
        Field any = new Field("any", null, ANY, null, false, false, texts);
        return Stream.concat(Stream.of(fields).map(field -> field.among(texts)), Stream.of(any))
                .toList();
    }

    public List<Field> fields() {
        return fields;
    }

    /** The paths in HQL of the fields that {@code sorts} may name. */
    public Stream<String> sortable() {
        return sortable.stream().map(Field::path);
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
