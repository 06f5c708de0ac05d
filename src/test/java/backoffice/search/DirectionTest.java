package backoffice.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DirectionTest {

    private static final Field NULLABLE =
            new Field("groupName", "c.group.name", Field.Type.TEXT, "c.groupId", true, Bound.ROWS);
    private static final Field NOT_NULL = new Field("name", "c.name", Field.Type.TEXT, null, true, Bound.VALUES);

    @Test
    void missing_values_sort_first_ascending_and_last_descending() {
        assertEquals("c.group.name asc nulls first", Direction.ASC.orderBy(NULLABLE));
        assertEquals("c.group.name desc nulls last", Direction.DESC.orderBy(NULLABLE));
    }

    @Test
    void a_field_that_always_has_a_value_has_no_nulls_clause() {
        assertEquals("c.name asc", Direction.ASC.orderBy(NOT_NULL));
        assertEquals("c.name desc", Direction.DESC.orderBy(NOT_NULL));
    }
}
