package backoffice.http;

import backoffice.envelope.Envelope;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

/** The JSON of a page, whose items are encoded as they are asked for, so that it is never in memory as a whole. */
final class JsonPieces implements Iterator<Buffer> {

    /** A page of 1000 customers with a name and a group has 71 kB. */
    private static final int FIRST_PIECE_BYTES = 128 << 10;

    private final ByteArrayOutputStream piece = new ByteArrayOutputStream(1 << 10);
    private final Iterator<?> items;
    private final JsonGenerator json;
    private final SequenceWriter writer;
    private int pieceBytes = FIRST_PIECE_BYTES;

    /** @param answer a success with items */
    JsonPieces(Envelope<?> answer, ObjectWriter encoder) throws IOException {
        items = answer.data().items().iterator();
        json = encoder.createGenerator(piece);
        writer = encoder.writeValues(json);
        json.writeStartObject();
        json.writeNumberField("status", answer.status());
        json.writeObjectFieldStart("data");
        if (answer.data().total() != null) {
            json.writeNumberField("total", answer.data().total());
        }
        json.writeArrayFieldStart("items");
    }

    @Override
    public boolean hasNext() {
        return !json.isClosed();
    }

    @Override
    public Buffer next() {
        try {
            while (items.hasNext() && piece.size() < pieceBytes) {
                writer.write(items.next());
            }
            if (items.hasNext()) {
                json.flush();
            } else {
                // It closes the objects and the array, too.
                json.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Buffer next = Buffer.buffer(piece.toByteArray());
        piece.reset();
        pieceBytes = StreamedAnswer.PIECE_BYTES;
        return next;
    }
}
