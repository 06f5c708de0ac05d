package backoffice.envelope;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The JSON envelope of every response of the API (docs/api.md, section 1.3). The property
 * {@code quarkus.jackson.serialization-inclusion} leaves out members that are null.
 *
 * @param msg null on success
 * @param data null on failure
 * @param stored the bytes of a stored response, which are sent as they are; null for any other envelope
 */
public record Envelope<T>(
        int status, String msg, Page<T> data, @JsonIgnore byte[] stored) {

    /**
     * The member {@code data} (docs/api.md, sections 1.3 and 1.5).
     *
     * @param total the number of items of all pages, from the same snapshot as the items; null in the response of a change
     */
    public record Page<T>(Long total, List<T> items) {

        /** The page of a read that finds exactly one item. */
        public static <T> Page<T> of(T item) {
            return new Page<>(1L, List.of(item));
        }
    }

    /** The envelope of a read, with {@code total}. */
    public static <T> Envelope<T> of(Page<T> page) {
        return new Envelope<>(Status.DONE.number(), null, page, null);
    }

    /** The envelope of a change, without {@code total}. */
    public static <T> Envelope<T> of(List<T> items) {
        return of(new Page<>(null, items));
    }

    /** The envelope that answered the same request before (docs/api.md, section 7). */
    public static <T> Envelope<T> stored(byte[] json) {
        return new Envelope<>(Status.DONE.number(), null, null, json);
    }

    /** The envelope of a failure. */
    public static Envelope<Void> failure(Status status, String msg) {
        return new Envelope<>(status.number(), msg, null, null);
    }

    /** Writes code points above U+FFFF as UTF-8, which Jackson would escape by default. */
    @Singleton
    static class Json implements ObjectMapperCustomizer {

        @Override
        public void customize(ObjectMapper mapper) {
            mapper.getFactory().enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
        }
    }
}
