package backoffice.http;

import backoffice.envelope.Envelope;
import backoffice.envelope.Status;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.smallrye.mutiny.unchecked.Unchecked;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;

/**
 * An answer that is made piece by piece, as fast as its client reads it, so that its JSON is never in memory as a
 * whole. One of a single piece has a content length.
 */
final class StreamedAnswer {

    /** The size of a piece: an event loop makes it within some tenths of a millisecond. */
    private static final int PIECE_BYTES = 32 << 10;

    /** A page of 1000 customers with a name and a group has 71 kB. */
    private static final int FIRST_PIECE_BYTES = 128 << 10;

    private static final int TYPICAL_ITEM_BYTES = 80;

    private StreamedAnswer() {}

    static void sendStored(RoutingContext call, InputStream json) {
        send(call, new StoredPieces(json));
    }

    /** @param encoder writes an item of the page */
    static void sendPage(RoutingContext call, Envelope.Page<?> page, ObjectWriter encoder) throws IOException {
        send(call, new PageJson(page, encoder));
    }

    private static void send(RoutingContext call, Iterator<Buffer> pieces) {
        Buffer first = pieces.next();
        if (pieces.hasNext()) {
            call.response().setChunked(true);
        }
        write(call, first, pieces);
    }

    /** The next piece is made when this one is written, after other calls of the event loop; none after a hang-up. */
    private static void write(RoutingContext call, Buffer piece, Iterator<Buffer> rest) {
        if (!rest.hasNext()) {
            call.response().end(piece);
            return;
        }
        call.response()
                .write(piece)
                .onSuccess(written -> call.vertx().runOnContext(turn -> {
                    try {
                        write(call, rest.next(), rest);
                    } catch (RuntimeException | Error e) {
                        call.fail(e);
                    }
                }));
    }

    /** The JSON of a success with items, which are encoded as they are asked for. */
    private static final class PageJson implements Iterator<Buffer> {

        private final Iterator<?> items;
        private final SequenceWriter array;
        private Buffer piece;
        private int pieceBytes = FIRST_PIECE_BYTES;

        PageJson(Envelope.Page<?> page, ObjectWriter encoder) throws IOException {
            items = page.items().iterator();
            String total = page.total() == null ? "" : "\"total\":" + page.total() + ",";
            piece = Buffer.buffer(page.items().size() * TYPICAL_ITEM_BYTES)
                    .appendString("{\"status\":" + Status.DONE.number() + ",\"data\":{" + total + "\"items\":");
            array = encoder.writeValuesAsArray(new OutputStream() {
                @Override
                public void write(int unsigned) {
                    piece.appendByte((byte) unsigned);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    piece.appendBytes(bytes, offset, length);
                }
            });
        }

        @Override
        public boolean hasNext() {
            return piece != null;
        }

        @Override
        public Buffer next() {
            try {
                while (items.hasNext() && piece.length() < pieceBytes) {
                    array.write(items.next());
                }
                Buffer next = piece;
                if (items.hasNext()) {
                    array.flush();
                    piece = Buffer.buffer();
                } else {
                    array.close();
                    next.appendString("}}");
                    piece = null;
                }
                pieceBytes = PIECE_BYTES;
                return next;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The JSON of a stored response, which is read as it is asked for. */
    private static final class StoredPieces implements Iterator<Buffer> {

        private final InputStream json;
        private byte[] piece;

        StoredPieces(InputStream json) {
            this.json = json;
            this.piece = read();
        }

        private byte[] read() {
            return Unchecked.supplier(() -> json.readNBytes(PIECE_BYTES)).get();
        }

        @Override
        public boolean hasNext() {
            return piece.length > 0;
        }

        @Override
        public Buffer next() {
            Buffer next = Buffer.buffer(piece);
            piece = read();
            return next;
        }
    }
}
