package backoffice.cli;

import backoffice.envelope.ApiException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Where a {@link ImportSource} hands over what it reads. */
interface ImportSink {

    /** The most items of a batch. */
    int MOST_ITEMS = 1000;

    /**
     * Takes items of one kind.
     *
     * @param done how much of what is read one after the other has been read with these, 0…1; not a number where nobody knows
     */
    void take(ItemKind kind, List<JsonNode> items, double done);

    /**
     * Hears of something that cannot even be read as an item.
     *
     * @param place where it stands
     */
    void refuse(String place, ApiException reason);

    /** Tells whoever watches something about the source. */
    void note(String sentence);
}
