package backoffice.changes;

import java.util.List;

/**
 * Some events in a row.
 *
 * @param isFull whether the page ends at its limit of events or of bytes, so that more events can follow
 */
public record ChangePage(List<ChangeEvent> events, boolean isFull) {

    /** The id of the last event; null without an event. */
    public String lastId() {
        return events.isEmpty() ? null : events.get(events.size() - 1).id();
    }
}
