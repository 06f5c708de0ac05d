package backoffice.openapi;

import backoffice.openapi.FuzzRequest.Claim;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Mutations that damage a request: mistakes of client programmers, and input of attackers. */
final class FuzzMutations {

    private static final int OVER_THE_LIMIT = (1 << 20) + 1;

    /** JSON values that replace a value or a whole body. */
    private static final List<String> UNEXPECTED_VALUES = words("""
            null  true  0  -1  1.5  1e400  12345678901234567890123  []  {}  [null]  [["a"]]  {"name":"a"}
            ""  " "  "."  ".."  "\\u0000"  "a\\nb"  "\\u007f"  "\\u3000"  "\\ud800"  "\\udc00\\ud800"
            "\\ufeff"  "\\u2028"  "\\\\"  "%"  "name"  "regDate"  "like"  "between"  "is null"  "IN "
            "asc "  "2026-02-30 00:00:00"  "0000-01-01 00:00:00"  "2026-01-05T09:00:00"
            "２０２６-01-05 09:00:00"  "10000-01-01 00:00:00"
            """);

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "BREW", "get", "Ü");

    private static final List<String> SEGMENTS =
            words("""
            /  //  a/  %zz  %  %4  %00  %0d%0aa:b  %C0%AF  %ED%A0%80  x/y/z/%2e%2E  .  x/y/z/..  %252F  ;  ;a=b  \\
            \u00ff  \u00e9/  \u0001  a b  nope  data  data/  customers  %20  %E3%80%80  #  ?  *  {name}
            """, "", "a".repeat(256), "a".repeat(9_000), "%F0%9F%98%80".repeat(3_000));

    private static final List<String> PARAMETERS =
            words("-1  +1  x  1.0  %201  1%00  0x1  %EF%BC%91  \u00b2  2147483648  %zz", "", "1".repeat(99));

    private static final List<String> CONTENT_TYPES = words("""
            text/plain  text/json  application/json; charset=utf-16  */*  ;  application/xml  multipart/form-data
            application/x-www-form-urlencoded  application/json, text/plain  \u00ff
            """, "application/json" + ";".repeat(99));

    private static final List<String> IDEMPOTENCY_KEYS = List.of("", "a b", "\u00e9", "a".repeat(129), "a\tb");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Random random;
    private final FuzzValues values;
    private final List<UnaryOperator<FuzzRequest>> all;

    FuzzMutations(Random random, FuzzValues values) {
        this.random = random;
        this.values = values;
        UnaryOperator<FuzzRequest> member = ofBody(this::unexpectedMember);
        this.all = List.of(
                member,
                member,
                member,
                ofBody(this::duplicated),
                ofBody(this::cut),
                ofBody(this::deep),
                ofBody(this::huge),
                ofBody(text -> values.oneOf(UNEXPECTED_VALUES)),
                ofBytes(this::flipped),
                ofBytes(body -> new String(body, StandardCharsets.UTF_8)
                        .getBytes(values.oneOf(List.of(
                                StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1)))),
                ofBytes(body -> values.chance(5) ? new byte[0] : body),
                this::paging,
                this::idempotencyKey,
                request -> request.hasBody()
                        ? request.claimed(Claim.UNKNOWN).withHeader("Content-Type: " + values.oneOf(CONTENT_TYPES))
                        : request,
                request -> request.withUnknownCall().withMethod(values.oneOf(METHODS)),
                this::segment,
                this::segment);
    }

    /** The words of a text, which two spaces or a new line separate, and more. */
    private static List<String> words(String text, String... more) {
        return Stream.concat(Stream.of(text.strip().split("  |\n")), Stream.of(more))
                .toList();
    }

    FuzzRequest mutate(FuzzRequest request) {
        return values.oneOf(all).apply(request);
    }

    private static UnaryOperator<FuzzRequest> ofBody(UnaryOperator<String> mutate) {
        return request ->
                request.hasBody() ? request.claimed(Claim.UNKNOWN).withText(mutate.apply(request.text())) : request;
    }

    private static UnaryOperator<FuzzRequest> ofBytes(UnaryOperator<byte[]> mutate) {
        return request ->
                request.hasBody() ? request.claimed(Claim.UNKNOWN).withBody(mutate.apply(request.body())) : request;
    }

    /** Replaces or removes one value at a random place of the body. */
    private String unexpectedMember(String text) {
        try {
            JsonNode body = JSON.readTree(text);
            List<Runnable> places = new ArrayList<>();
            places(body, places);
            if (places.isEmpty()) {
                return values.oneOf(UNEXPECTED_VALUES);
            }
            values.oneOf(places).run();
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            // The body is already malformed.
            return text + values.oneOf(UNEXPECTED_VALUES);
        }
    }

    private void places(JsonNode node, List<Runnable> places) {
        node.properties()
                .forEach(member -> places.add(() -> {
                    if (values.chance(4)) {
                        ((ObjectNode) node).remove(member.getKey());
                    } else {
                        member.setValue(unexpectedValue());
                    }
                }));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            int place = i;
            places.add(() -> ((ArrayNode) node).set(place, unexpectedValue()));
        }
        node.forEach(child -> places(child, places));
    }

    private JsonNode unexpectedValue() {
        return Unchecked.supplier(() -> JSON.readTree(values.oneOf(UNEXPECTED_VALUES)))
                .get();
    }

    /** Inserts a second member, entry or delimiter at a random place. */
    private String duplicated(String text) {
        String part = values.oneOf(List.of("{", "[", "}", "]", ",", "\"", ":"));
        String more = values.oneOf(List.of("\"name\":\"a\",", "\"x\":1,", "{\"name\":\"a\"},", part));
        int place = random.nextInt(text.length() + 1);
        int found = Math.max(text.indexOf(part, place), text.indexOf(part));
        return found < 0 ? text + more : text.substring(0, found + 1) + more + text.substring(found + 1);
    }

    private String cut(String text) {
        int from = random.nextInt(text.length() + 1);
        return text.substring(0, from)
                + (values.chance(2) ? "" : text.substring(random.nextInt(from, text.length() + 1)));
    }

    private String deep(String text) {
        int levels = values.oneOf(List.of(2, 500, 1_001, 20_000));
        return text.replaceFirst("[:\\[]", "$0" + "[".repeat(levels) + "]".repeat(values.chance(2) ? levels : 1) + ",");
    }

    private String huge(String text) {
        String part = values.oneOf(List.of("x", "\\\\u0000", "\\\\\\\\", "%", "\\\\ud83d\\\\ude00"));
        return text.replaceFirst("\"", "\"" + part.repeat(values.oneOf(List.of(256, 2_001, 60_000))));
    }

    private byte[] flipped(byte[] body) {
        byte[] flipped = body.clone();
        for (int i = random.nextInt(3); i >= 0 && body.length > 0; i--) {
            flipped[random.nextInt(body.length)] =
                    values.oneOf(List.of((byte) 0xFF, (byte) 0, (byte) 0xED, (byte) '\\'));
        }
        return flipped;
    }

    private FuzzRequest paging(FuzzRequest request) {
        String name = values.oneOf(List.of("offset", "limit"));
        FuzzRequest damaged = request.withParameter(name + "=" + values.oneOf(PARAMETERS));
        return request.takes(name) ? damaged.claimed(Claim.MALFORMED) : damaged;
    }

    private FuzzRequest idempotencyKey(FuzzRequest request) {
        FuzzRequest damaged = values.chance(4)
                ? request.andHeader("X-Bit-Req-Id: id-1").andHeader("x-bit-req-id: id-1")
                : request.withHeader("x-bit-req-id: " + values.oneOf(IDEMPOTENCY_KEYS));
        return request.takes("x-bit-req-id") ? damaged.claimed(Claim.MALFORMED) : damaged;
    }

    /** Inserts or replaces one segment of the path below the base path. */
    private FuzzRequest segment(FuzzRequest request) {
        int end = request.endOfBasePath();
        List<String> segments =
                new ArrayList<>(List.of(request.target().substring(end).split("/", -1)));
        int place = random.nextInt(1, segments.size());
        if (values.chance(2)) {
            segments.remove(place);
        }
        segments.add(place, values.oneOf(SEGMENTS));
        return request.withUnknownCall().withTarget(request.target().substring(0, end) + String.join("/", segments));
    }

    /** A mutation that closes the connection or is refused early. It is applied rarely, because it slows the test down. */
    FuzzRequest costly(FuzzRequest request) {
        return switch (random.nextInt(6)) {
            case 0 ->
                request.withBody(null)
                        .andHeader("Connection: close")
                        .andHeader("Expect: 100-continue")
                        .andHeader("Content-Length: " + OVER_THE_LIMIT)
                        .claimed(Claim.MALFORMED);
            case 1 -> request.withHeader("bitkey: no-such-key").claimed(Claim.MALFORMED);
            case 2 -> request.without("bitkey").claimed(Claim.MALFORMED);
            case 3 -> request.andHeader("x-padding: " + "x".repeat(40_000)).withUnknownCall();
            case 4 -> request.andHeader("x-\0: x").withUnknownCall();
            default -> request.without("Host").withUnknownCall();
        };
    }
}
