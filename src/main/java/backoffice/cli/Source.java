package backoffice.cli;

import backoffice.envelope.ApiException;
import backoffice.envelope.Language;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A source of groups and customers: a server or a file. */
interface Source {

    /** Reads all items. Groups come before their customers, as far as the source allows. */
    void read(Sink sink);

    /** Takes what a source reads. */
    interface Sink {

        /**
         * Takes up to {@link ItemKind#MAX_BATCH_SIZE} items of one kind.
         *
         * @param total the number of all items of this kind; null when it is unknown
         */
        void take(ItemKind kind, List<JsonNode> items, Long total);

        /** Takes note of a place of the source, such as {@code line 4}, that has no readable item. */
        default void refuse(String place, ApiException reason) {
            throw new CommandException(place + ": " + Language.EN.sentence(reason));
        }
    }
}
