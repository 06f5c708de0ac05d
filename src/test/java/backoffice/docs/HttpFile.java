package backoffice.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file of requests that editors send. */
record HttpFile(Path file, Map<String, String> variables, List<Request> requests) {

    static final Path FOLDER = Path.of("docs", "http");

    private static final Pattern VARIABLE = Pattern.compile("@(\\w+) = (.*)");
    private static final Pattern NAME = Pattern.compile("# @name (\\w+)");
    private static final Pattern REQUEST = Pattern.compile("([A-Z]+) (\\S+)");
    private static final Pattern HEADER = Pattern.compile("([\\w-]+): (.*)");

    /** A request with its variables filled in; the body is null when there is none. */
    record Request(String title, String name, String method, String url, Map<String, String> headers, String body) {}

    static List<HttpFile> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".http"))
                    .sorted()
                    .map(HttpFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpFile read(Path file) {
        try {
            String[] parts = Files.readString(file).split("(?m)^### ");
            Map<String, String> variables = new LinkedHashMap<>();
            parts[0].lines()
                    .map(VARIABLE::matcher)
                    .filter(Matcher::matches)
                    .forEach(variable -> variables.put(variable.group(1), variable.group(2)));
            List<Request> requests = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                requests.add(request(fill(parts[i], variables)));
            }
            return new HttpFile(file, variables, requests);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Request request(String text) {
        String[] headAndBody = text.split("\n\n", 2);
        List<String> head = headAndBody[0].lines().toList();
        Map<String, String> headers = new LinkedHashMap<>();
        head.subList(3, head.size()).forEach(line -> {
            Matcher header = match(HEADER, line);
            headers.put(header.group(1), header.group(2));
        });
        Matcher request = match(REQUEST, head.get(2));
        String body = headAndBody[1].isBlank() ? null : headAndBody[1].strip();
        return new Request(
                head.get(0), match(NAME, head.get(1)).group(1), request.group(1), request.group(2), headers, body);
    }

    private static Matcher match(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError(line + " is not " + pattern);
        }
        return matcher;
    }

    private static String fill(String text, Map<String, String> variables) {
        String filled = text + "\n";
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            filled = filled.replace("{{" + variable.getKey() + "}}", variable.getValue());
        }
        return filled;
    }
}
