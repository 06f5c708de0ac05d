package backoffice.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import backoffice.openapi.FuzzRequest.Claim;
import backoffice.search.SearchGenerator;
import backoffice.testsupport.Api;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
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

    private static final List<Charset> CHARSETS = List.of(UTF_16, UTF_16LE, ISO_8859_1);

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Random random;
    private final SearchGenerator texts;
    private final List<Consumer<FuzzRequest>> all;

    /** Mutations that close the connection or are refused early. They are rare, because they slow the test down. */
    private final List<Consumer<FuzzRequest>> costly = List.of(
            claiming(Claim.MALFORMED, request -> {
                request.body = null;
                request.headers.addAll(
                        List.of("Connection: close", "Expect: 100-continue", "Content-Length: " + OVER_THE_LIMIT));
            }),
            claiming(Claim.MALFORMED, request -> request.setHeader("bitkey: no-such-key")),
            claiming(Claim.MALFORMED, request -> request.removeHeader("bitkey")),
            ofUnknownCall(request -> request.headers.add("x-padding: " + "x".repeat(40_000))),
            ofUnknownCall(request -> request.headers.add("x-\0: x")),
            ofUnknownCall(request -> request.removeHeader("Host")));

    FuzzMutations(Random random, SearchGenerator texts) {
        this.random = random;
        this.texts = texts;
        Consumer<FuzzRequest> member = ofText(this::unexpectedMember);
        this.all = List.of(
                member,
                member,
                member,
                ofText(this::duplicated),
                ofText(this::cut),
                ofText(this::deep),
                ofText(this::huge),
                ofText(text -> texts.oneOf(UNEXPECTED_VALUES)),
                ofBody(this::flip),
                ofBody(request -> request.body = new String(request.body, UTF_8).getBytes(texts.oneOf(CHARSETS))),
                ofBody(request -> request.body = random.nextInt(5) == 0 ? new byte[0] : request.body),
                ofBody(request -> request.setHeader("Content-Type: " + texts.oneOf(CONTENT_TYPES))),
                this::damagePaging,
                this::damageIdempotencyKey,
                ofUnknownCall(request -> request.method = texts.oneOf(METHODS)),
                ofUnknownCall(this::changeSegment),
                ofUnknownCall(this::changeSegment));
    }

    /** The words of a text, which two spaces or a new line separate, and more. */
    private static List<String> words(String text, String... more) {
        return Stream.concat(Stream.of(text.strip().split("  |\n")), Stream.of(more))
                .toList();
    }

    void mutate(FuzzRequest request) {
        texts.oneOf(all).accept(request);
    }

    void mutateAtACost(FuzzRequest request) {
        texts.oneOf(costly).accept(request);
    }

    private static Consumer<FuzzRequest> claiming(Claim claim, Consumer<FuzzRequest> mutate) {
        return request -> {
            request.claim = claim;
            mutate.accept(request);
        };
    }

    private static Consumer<FuzzRequest> ofUnknownCall(Consumer<FuzzRequest> mutate) {
        return claiming(Claim.UNKNOWN, request -> {
            request.call = null;
            mutate.accept(request);
        });
    }

    private static Consumer<FuzzRequest> ofBody(Consumer<FuzzRequest> mutate) {
        Consumer<FuzzRequest> damage = claiming(Claim.UNKNOWN, mutate);
        return request -> {
            if (request.body != null) {
                damage.accept(request);
            }
        };
    }

    private static Consumer<FuzzRequest> ofText(UnaryOperator<String> mutate) {
        return ofBody(request ->
                request.body = mutate.apply(new String(request.body, UTF_8)).getBytes(UTF_8));
    }

    /** Replaces or removes one value at a random place of the body. */
    private String unexpectedMember(String text) {
        try {
            JsonNode body = JSON.readTree(text);
            List<Runnable> places = new ArrayList<>();
            places(body, places);
            if (places.isEmpty()) {
                return texts.oneOf(UNEXPECTED_VALUES);
            }
            texts.oneOf(places).run();
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            // The body is already malformed.
            return text + texts.oneOf(UNEXPECTED_VALUES);
        }
    }

    private void places(JsonNode node, List<Runnable> places) {
        node.properties()
                .forEach(member -> places.add(() -> {
                    if (random.nextInt(4) == 0) {
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
        return Unchecked.supplier(() -> JSON.readTree(texts.oneOf(UNEXPECTED_VALUES)))
                .get();
    }

    /** Inserts a second member, entry or delimiter at a random place. */
    private String duplicated(String text) {
        String part = texts.oneOf(List.of("{", "[", "}", "]", ",", "\"", ":"));
        String more = texts.oneOf(List.of("\"name\":\"a\",", "\"x\":1,", "{\"name\":\"a\"},", part));
        int place = random.nextInt(text.length() + 1);
        int found = Math.max(text.indexOf(part, place), text.indexOf(part));
        return found < 0 ? text + more : text.substring(0, found + 1) + more + text.substring(found + 1);
    }

    private String cut(String text) {
        int from = random.nextInt(text.length() + 1);
        return text.substring(0, from)
                + (random.nextInt(2) == 0 ? "" : text.substring(random.nextInt(from, text.length() + 1)));
    }

    private String deep(String text) {
        int levels = texts.oneOf(List.of(2, 500, 1_001, 20_000));
        return text.replaceFirst(
                "[:\\[]", "$0" + "[".repeat(levels) + "]".repeat(random.nextInt(2) == 0 ? levels : 1) + ",");
    }

    private String huge(String text) {
        String part = texts.oneOf(List.of("x", "\\\\u0000", "\\\\\\\\", "%", "\\\\ud83d\\\\ude00"));
        return text.replaceFirst("\"", "\"" + part.repeat(texts.oneOf(List.of(256, 2_001, 60_000))));
    }

    private void flip(FuzzRequest request) {
        for (int i = random.nextInt(3); i >= 0 && request.body.length > 0; i--) {
            request.body[random.nextInt(request.body.length)] =
                    texts.oneOf(List.of((byte) 0xFF, (byte) 0, (byte) 0xED, (byte) '\\'));
        }
    }

    private void damagePaging(FuzzRequest request) {
        String name = texts.oneOf(List.of("offset", "limit"));
        request.addParameter(name + "=" + texts.oneOf(PARAMETERS));
        damage(name, request);
    }

    private void damageIdempotencyKey(FuzzRequest request) {
        if (random.nextInt(4) == 0) {
            request.headers.addAll(List.of("X-Bit-Req-Id: id-1", "x-bit-req-id: id-1"));
        } else {
            request.setHeader("x-bit-req-id: " + texts.oneOf(IDEMPOTENCY_KEYS));
        }
        damage("x-bit-req-id", request);
    }

    /** A call that has the parameter must refuse the request. */
    private static void damage(String parameter, FuzzRequest request) {
        if (request.call != null
                && request.call.parameters().stream()
                        .anyMatch(p -> p.get("name").textValue().equals(parameter))) {
            request.claim = Claim.MALFORMED;
        }
    }

    /** Inserts or replaces one segment of the path below the base path. */
    private void changeSegment(FuzzRequest request) {
        int end = request.target.indexOf(Api.BASE_PATH) + Api.BASE_PATH.length();
        List<String> segments =
                new ArrayList<>(List.of(request.target.substring(end).split("/", -1)));
        int place = random.nextInt(1, segments.size());
        if (random.nextInt(2) == 0) {
            segments.remove(place);
        }
        segments.add(place, texts.oneOf(SEGMENTS));
        request.target = request.target.substring(0, end) + String.join("/", segments);
    }
}
