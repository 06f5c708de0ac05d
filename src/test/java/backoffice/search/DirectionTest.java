package backoffice.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DirectionTest {

    private static final Field NULLABLE = new Field("groupName", "c.group.name", Field.Type.TEXT, "c.groupId", true);
    private static final Field NOT_NULL = new Field("name", "c.name", Field.Type.TEXT, null, true);

    @Test
    void a_field_without_a_value_sorts_first_and_last_when_descending() {
        assertEquals("c.group.name asc nulls first", Direction.ASC.orderBy(NULLABLE));
        assertEquals("c.group.name desc nulls last", Direction.DESC.orderBy(NULLABLE));
    }

    @Test
    void a_field_that_always_has_a_value_names_no_place_for_nulls() {
        assertEquals("c.name asc", Direction.ASC.orderBy(NOT_NULL));
        assertEquals("c.name desc", Direction.DESC.orderBy(NOT_NULL));
    }
}
