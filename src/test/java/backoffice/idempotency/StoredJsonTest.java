package backoffice.idempotency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.envelope.Envelope;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredJsonTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest(name = "{0} bytes")
    @CsvSource({"100, true", "65536, true", "65537, false", "1000000, false"})
    void a_response_of_over_64_kib_is_compressed_and_each_is_read_as_it_was_sent(int size, boolean isPlain)
            throws IOException {
        // Given an answer whose text cannot be compressed to less than 64 KiB when it is large
        int rest = MAPPER.writeValueAsBytes(answer("")).length;
        String text = new Random(1)
                .ints(size - rest, 0, 64)
                .mapToObj(i -> Character.toString('0' + i))
                .collect(Collectors.joining())
                .replace('\\', '-');
        byte[] sent = MAPPER.writeValueAsBytes(answer(text));
        assertEquals(size, sent.length);

        byte[] stored = StoredJson.write(MAPPER, answer(text));

        assertEquals(isPlain, stored[0] == '{');
        assertArrayEquals(sent, StoredJson.read(stored).readAllBytes());
    }

    private static Envelope<String> answer(String text) {
        return Envelope.of(List.of(text));
    }
}
