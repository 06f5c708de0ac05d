package backoffice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An item of a file, with the number of its line. The unchecked conversion is one of Jackson. */
@SuppressWarnings("unchecked")
final class LineItem extends ObjectNode {

    private static final long serialVersionUID = 1L;

    final int line;

    LineItem(int line, ObjectNode item) {
        super(JsonNodeFactory.instance);
        this.line = line;
        setAll(item);
    }
}
