package backoffice.cli;

import backoffice.envelope.ApiException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Takes the items that an {@link ImportSource} reads. */
interface ImportSink {

    /** The most items of one batch. */
    int MAX_BATCH_SIZE = 1000;

    /**
     * Takes a batch of items of one kind.
     *
     * @param fraction the part of the source, or of the current list of it, that has been read with this batch: 0 to 1,
     *     or NaN when it is unknown
     * @throws SourceException when the import is stopped
     */
    void take(ItemKind kind, List<JsonNode> items, double fraction);

    /**
     * Takes note of a part of the source that is not readable as an item.
     *
     * @param place where it is, such as {@code line 4}
     */
    void refuse(String place, ApiException reason);

    /** Takes a sentence about the source, for the user of the command. */
    void note(String sentence);
}
