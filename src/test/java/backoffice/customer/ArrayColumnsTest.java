package backoffice.customer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrayColumnsTest {

    private record Item(Long id, String name, LocalDateTime time) {}

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 1, 2, 12, 0);

    private final ArrayColumns<Item> columns = ArrayColumns.bigint("id", Item::id)
            .and(ArrayColumns.text("name", Item::name))
            .and(ArrayColumns.timestamp("reg_date", Item::time));

    @Test
    void parameters_are_numbered_in_the_order_of_the_columns() {
        assertEquals(
                "unnest(cast($2 as bigint[]), cast($3 as text[]), cast($4 as timestamp[])) as r (id, name, reg_date)",
                columns.unnest("r", 2));
        assertEquals(
                "unnest(cast($9 as text[])) as one (x)",
                ArrayColumns.text("x", Item::name).unnest("one", 9));
    }

    @Test
    void each_column_has_one_array_with_the_values_of_the_rows_in_their_order() {
        Object[] arrays = columns.arrays(List.of(new Item(1L, "a", NOON), new Item(null, null, null)));

        assertEquals(
                List.of(Long[].class, String[].class, LocalDateTime[].class),
                Arrays.stream(arrays).map(Object::getClass).toList());
        assertArrayEquals(
                new Object[] {new Long[] {1L, null}, new String[] {"a", null}, new LocalDateTime[] {NOON, null}},
                arrays);
    }

    @Test
    void without_rows_each_array_is_empty() {
        assertArrayEquals(new Object[] {new Long[0], new String[0], new LocalDateTime[0]}, columns.arrays(List.of()));
    }

    @Test
    void the_names_can_be_written_as_any_list() {
        assertEquals("id, name, reg_date", columns.names());
        assertEquals("id = r.id, name = r.name, reg_date = r.reg_date", columns.each(name -> name + " = r." + name));
    }
}
