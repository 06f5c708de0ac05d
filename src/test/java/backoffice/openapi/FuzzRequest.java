package backoffice.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import backoffice.openapi.Document.Call;
import backoffice.testsupport.Api;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A generated request, the same one for the same random numbers. It is a call of the document with values that match its
 * schemas. Half of the requests are then damaged, by mistakes of client programmers and by input of attackers.
 */
final class FuzzRequest {

    /** Few names, so that calls often use the same rows. {@code data} is also the last segment of the search paths. */
    private static final List<String> NAMES = List.of(
            "a", "b", "data", "甲 乙", "50%_\\", "x/y", "a+b;c?d#e&f=g", "\uD83D\uDE00", "' or 1=1 --", "é\u0301\u2028");

    private static final List<String> TIMES =
            words("2026-01-05  2026-01-05T08:00:00Z  2026-11-26T08:15:30.123456+08:00  9999-12-31  0001-01-01");

    /** Texts of members and of parameters that take no others. */
    private static final Map<String, List<String>> TEXTS = Map.of(
            "regDate", words("2026-01-05 09:00:00\n0001-01-01 00:00:00\n9999-12-31 23:59:59\n1991-04-14 00:30:00"),
            "x-bit-req-id", IntStream.range(0, 40).mapToObj(i -> "id-" + i).toList(),
            "since", TIMES,
            "until", TIMES,
            "type", words("group  customer.moved  c"),
            "correlationId", words("a  8a6f1c0e4b2d9357  x._-1"),
            "order", words("asc  desc  DESC"),
            "op", words("=  IN  not in  <>  >  <=  between  like  Not Like  is null"));

    /** A value that contains no others of its kind, with the name of its member and the comma after it. */
    private static final Pattern VALUE =
            Pattern.compile("(?<=[{\\[,])((\"\\w+\":)?+(?:\"[^\"]*\"|[-\\d.]+|null|\\{[^{}]*}|\\[[^\\[\\]]*]))(,?)");

    private static final List<String> UNEXPECTED_VALUES = words("""
        null  true  0  -1  1.5  1e400  12345678901234567890123  []  {}  [null]  [["a"]]  {"name":"a"}
        ""  " "  "."  ".."  "\\u0000"  "a\\nb"  "\\u007f"  "\\u3000"  "\\ud800"  "\\udc00\\ud800"
        "\\ufeff"  "\\u2028"  "\\\\"  "%"  "name"  "regDate"  "like"  "between"  "is null"  "IN "
        "asc "  "2026-02-30 00:00:00"  "0000-01-01 00:00:00"  "2026-01-05T09:00:00"
        "\\uff12\\uff10\\uff12\\uff16-01-05 09:00:00"  "10000-01-01 00:00:00"
        """, "");

    private static final List<String> SEGMENTS =
            words("""
                /  //  a/  %zz  %  %4  %00  %0d%0aa:b  %C0%AF  %ED%A0%80  x/y/z/%2e%2E  .  x/y/z/..  %252F  ;  ;a=b  \\
                \u00ff  \u00e9/  \u0001  a b  nope  data  data/  customers  %20  %E3%80%80  #  ?  *  {name}
                """, "", "a".repeat(256), "a".repeat(9_000), "%F0%9F%98%80".repeat(3_000));

    private static final List<String> PAGES =
            words("-1  +1  x  1.0  %201  1%00  0x1  %EF%BC%91  \u00b2  2147483648  %zz", "", "1".repeat(99));

    private static final List<String> CONTENT_TYPES = words("""
        text/plain  text/json  application/json; charset=utf-16  */*  ;  application/xml  multipart/form-data
        application/x-www-form-urlencoded  application/json, text/plain  \u00ff
        """, "application/json" + ";".repeat(99));

    /** Headers of requests after which the service closes the connection. */
    private static final List<String> CLOSING = List.of(
            "x-padding: " + "x".repeat(40_000) + "\r\n",
            "x-\0: x\r\n",
            "Host: b\r\n",
            "Expect: 100-continue\r\nConnection: close\r\nContent-Length: 1048577\r\n");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** The call of the document that the request addresses, or null if that is not known. */
    Call call;

    String method;
    boolean damaged;
    boolean mustBeRefused;

    /** The body, or null if there is none. Each of its bytes is a character, as in the whole request. */
    String body;

    private final Document document;
    private final Random random;
    private String target;
    private String headers = "Host: localhost\r\nbitkey: " + Vendors.ACME + "\r\n";

    FuzzRequest(Document document, Random random) {
        this.document = document;
        this.random = random;
        call = oneOf(document.calls());
        method = call.method();
        target = Api.BASE_PATH + call.path();
        addParametersAndBody();
        if (method.equals("POST") && target.contains("/data") && !call.path().endsWith("/data")) {
            // With a group of this name, the path of another call is that of a search.
            call = null;
        }
        for (int damages = chance(2) ? 0 : 1 + random.nextInt(2); damages > 0; damages--) {
            damage();
        }
    }

    /** The words of a text, which two spaces or a new line separate, and more. */
    private static List<String> words(String text, String... more) {
        return Stream.concat(Stream.of(text.strip().split("  |\n")), Stream.of(more))
                .toList();
    }

    private <T> T oneOf(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    byte[] bytes() {
        String length = body == null ? "" : "Content-Length: " + body.length() + "\r\n";
        return (method + " " + target + " HTTP/1.1\r\n" + headers + length + "\r\n" + (body == null ? "" : body))
                .getBytes(ISO_8859_1);
    }

    private void addParametersAndBody() {
        String group = null;
        for (JsonNode parameter : call.parameters()) {
            String name = parameter.get("name").textValue();
            String value = value(parameter.get("schema"), name).asText();
            String in = parameter.get("in").textValue();
            if (in.equals("path")) {
                group = value;
                target = target.replace("{" + name + "}", Api.segment(value));
            } else if (chance(3) && in.equals("query")) {
                addParameter(name, Api.segment(value));
            } else if (chance(3)) {
                headers += name + ": " + value + "\r\n";
            }
        }
        JsonNode schema = document.bodySchema(call);
        if (!schema.isMissingNode()) {
            headers += "Content-Type: application/json\r\n";
            body = new String(body(schema, group).toString().getBytes(UTF_8), ISO_8859_1);
        }
    }

    private void addParameter(String name, String value) {
        target += (target.contains("?") ? "&" : "?") + name + "=" + value;
    }

    private JsonNode body(JsonNode schema, String group) {
        JsonNode generated = value(schema, "");
        String operation = call.operation().get("operationId").textValue();
        if (operation.startsWith("search")) {
            // Not each value fits each field and operator.
            damaged = true;
            List<String> fields =
                    operation.equals("searchGroups") ? List.of("name") : words("name  groupName  regDate  referenceId");
            generated.findParents("name").forEach(entry -> ((ObjectNode) entry).put("name", oneOf(fields)));
        } else if (operation.equals("removeMembers")) {
            generated.forEach(entry -> ((ObjectNode) entry).put("groupName", chance(2) ? null : group));
        } else if (generated instanceof ArrayNode batch && !operation.equals("addMembers")) {
            Set<List<String>> seen = new HashSet<>();
            batch.removeIf(entry -> !seen.add(List.of(
                    entry.get("name").textValue(), entry.path("groupName").asText(""))));
        }
        return generated;
    }

    /** A value that matches a schema. */
    private JsonNode value(JsonNode reference, String member) {
        JsonNode schema = document.resolve(reference);
        JsonNode types = schema.get("type");
        return switch (types.isArray() ? types.get(random.nextInt(types.size())).textValue() : types.textValue()) {
            case "null" -> JSON.nullNode();
            case "integer" -> {
                long least = schema.get("minimum").longValue();
                long most = schema.path("maximum").asLong(Integer.MAX_VALUE);
                yield JSON.numberNode(oneOf(List.of(least, most, least + random.nextInt(5))));
            }
            case "array" -> {
                int most = schema.get("maxItems").intValue();
                yield JSON.arrayNode()
                        .addAll(Stream.generate(() -> value(schema.get("items"), ""))
                                .limit(chance(300) ? most : 1 + random.nextInt(1 + random.nextInt(4)))
                                .toList());
            }
            case "object" -> {
                ObjectNode object = JSON.objectNode();
                String required = schema.path("required").toString();
                schema.get("properties").forEachEntry((name, property) -> {
                    if (required.contains("\"" + name + "\"") || chance(3)) {
                        object.set(name, value(property, name));
                    }
                });
                yield object;
            }
            default -> {
                // Calls often find rows with the first two names.
                List<String> texts = TEXTS.getOrDefault(member, chance(4) ? NAMES : NAMES.subList(0, 2));
                int most = schema.path("maxLength").asInt(2001);
                boolean longest = most <= 2000 && !TEXTS.containsKey(member) && chance(300);
                yield JSON.textNode(longest ? "\u4e00".repeat(most) : oneOf(texts));
            }
        };
    }

    private void damage() {
        int mistake = random.nextInt(body == null ? 7 : 18);
        call = mistake < 4 ? null : call;
        mustBeRefused |= mistake == 4;
        damaged |= mistake > 6;
        switch (mistake) {
            case 0 ->
                method =
                        oneOf(words("GET  POST  PUT  PATCH  DELETE  HEAD  OPTIONS  TRACE  CONNECT  BREW  get  \u00dc"));
            case 1, 2 -> changeSegment();
            case 3 -> {
                body = null;
                headers += oneOf(CLOSING);
            }
            case 4 -> headers = headers.replace("bitkey: ", oneOf(List.of("bitkey: no-such-key", "no-bitkey: ")));
            case 5 -> {
                String name = oneOf(List.of("offset", "limit"));
                addParameter(name, oneOf(PAGES));
                refuse(name);
            }
            case 6 -> {
                String key = oneOf(List.of("", "a b", "\u00e9", "a".repeat(129), "a\tb", "i\r\nX-Bit-Req-Id: i"));
                headers = headers.replaceFirst("x-bit-req-id.*\r\n", "") + "x-bit-req-id: " + key + "\r\n";
                refuse("x-bit-req-id");
            }
            case 7 -> headers = headers.replaceFirst("(Content-Type: ).*", "$1" + oneOf(CONTENT_TYPES));
            default -> body = damagedBody();
        }
    }

    /** A call that has the parameter must refuse the request. */
    private void refuse(String parameter) {
        mustBeRefused |= call != null && call.parameters().toString().contains("\"" + parameter + "\"");
    }

    /** Inserts or replaces one segment of the path below the base path. */
    private void changeSegment() {
        int end = target.indexOf(Api.BASE_PATH) + Api.BASE_PATH.length();
        List<String> segments = new ArrayList<>(List.of(target.substring(end).split("/", -1)));
        int place = random.nextInt(1, segments.size());
        if (random.nextBoolean()) {
            segments.remove(place);
        }
        segments.add(place, oneOf(SEGMENTS));
        target = target.substring(0, end) + String.join("/", segments);
    }

    private String damagedBody() {
        int place = random.nextInt(body.length() + 1);
        String before = body.substring(0, place);
        String after = body.substring(place);
        return switch (random.nextInt(12)) {
            case 0 -> before;
            case 1 -> before + after.substring(random.nextInt(after.length() + 1));
            case 2 -> before + oneOf(List.of("\u00ff", "\0", "\u00ed", "\\")) + after;
            case 3 -> oneOf(UNEXPECTED_VALUES);
            case 4 -> {
                Charset charset = oneOf(List.of(UTF_16, UTF_16LE, ISO_8859_1));
                yield new String(new String(body.getBytes(ISO_8859_1), UTF_8).getBytes(charset), ISO_8859_1);
            }
            case 5 -> {
                int levels = oneOf(List.of(2, 500, 1_001, 20_000));
                String end = "]".repeat(oneOf(List.of(1, levels)));
                yield body.replaceFirst("[:\\[]", "$0" + "[".repeat(levels) + end + ",");
            }
            case 6 -> {
                String part = oneOf(List.of("x", "\\\\u0000", "\\\\\\\\", "%", "\\\\ud83d\\\\ude00"));
                yield body.replaceFirst("\"", "\"" + part.repeat(oneOf(List.of(256, 2_001, 60_000))));
            }
            default -> {
                Matcher value = VALUE.matcher(body);
                if (!value.find(place) && !value.find(0)) {
                    yield body + oneOf(UNEXPECTED_VALUES);
                }
                String other = Objects.toString(value.group(2), "") + oneOf(UNEXPECTED_VALUES) + value.group(3);
                String twice = value.group(1) + "," + value.group();
                String more = oneOf(words("\"name\":\"a\",  {\"name\":\"a\"},  {  [  }  ]  ,  \"  :")) + value.group();
                yield body.substring(0, value.start())
                        + oneOf(List.of(other, other, other, other, twice, more, ""))
                        + body.substring(value.end());
            }
        };
    }
}
