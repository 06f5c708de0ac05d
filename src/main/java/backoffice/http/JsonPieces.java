package backoffice.http;

import backoffice.envelope.Envelope;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;

/** The JSON of a page, whose items are encoded as they are asked for, so that it is never in memory as a whole. */
final class JsonPieces implements Iterator<Buffer> {

    /** A page of 1000 customers with a name and a group has 71 kB. */
    private static final int FIRST_PIECE_BYTES = 128 << 10;

    private static final int TYPICAL_ITEM_BYTES = 80;

    private final Iterator<?> items;
    private final JsonGenerator json;
    private final SequenceWriter writer;
    private Buffer piece;
    private int pieceBytes = FIRST_PIECE_BYTES;

    /**
     * @param answer a success with items
     * @param encoder writes an item
     */
    JsonPieces(Envelope<?> answer, ObjectWriter encoder) throws IOException {
        items = answer.data().items().iterator();
        piece = Buffer.buffer(answer.data().items().size() * TYPICAL_ITEM_BYTES);
        json = encoder.createGenerator(new OutputStream() {
            @Override
            public void write(int unsigned) {
                piece.appendByte((byte) unsigned);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                piece.appendBytes(bytes, offset, length);
            }
        });
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
            while (items.hasNext() && piece.length() < pieceBytes) {
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
        Buffer next = piece;
        piece = Buffer.buffer();
        pieceBytes = StreamedAnswer.PIECE_BYTES;
        return next;
    }
}
