package backoffice.idempotency;

import backoffice.envelope.Envelope;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The JSON of a stored response. A large one is compressed while it is written, and decompressed while it is sent, so that
 * it is never in memory as a whole. JSON can have six times the bytes of its texts.
 */
public final class StoredJson {

    private static final int MAX_PLAIN_BYTES = 64 << 10;

    private StoredJson() {}

    static byte[] write(ObjectMapper mapper, Envelope<?> answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream json = new CompressingStream(bytes)) {
            mapper.writeValue(json, answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The JSON as its client got it, byte for byte. */
    public static InputStream read(byte[] stored) {
        InputStream bytes = new ByteArrayInputStream(stored);
        return Unchecked.supplier(() -> stored[0] == '{' ? bytes : new GZIPInputStream(bytes))
                .get();
    }

    /** Compresses what has more than {@link #MAX_PLAIN_BYTES}, from its first byte on. */
    private static final class CompressingStream extends FilterOutputStream {

        private final ByteArrayOutputStream bytes;

        private CompressingStream(ByteArrayOutputStream bytes) {
            super(bytes);
            this.bytes = bytes;
        }

        @Override
        public void write(byte[] added, int offset, int length) throws IOException {
            if (out == bytes && bytes.size() + length > MAX_PLAIN_BYTES) {
                byte[] plain = bytes.toByteArray();
                bytes.reset();
                out = new GZIPOutputStream(bytes);
                out.write(plain);
            }
            out.write(added, offset, length);
        }
    }
}
