package backoffice.cli;

import backoffice.json.StrictJsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;

/** A source of groups and customers: a server or a file. */
interface Source {

    /** Reads all items. Groups come before their customers, as far as the source allows. */
    void read(Sink sink) throws IOException;

    /** Takes what a source reads. */
    interface Sink {

        /**
         * Takes up to {@link StrictJsonReader#MAX_BATCH} items of one kind.
         *
         * @param total the number of all items of this kind; null when it is unknown
         */
        void take(ItemKind kind, List<JsonNode> items, Long total);
    }
}
