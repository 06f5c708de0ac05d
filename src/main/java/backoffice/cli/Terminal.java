package backoffice.cli;

import static java.util.stream.Collectors.joining;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Where commands print. Texts of clients cannot control the terminal, or change how the text beside them reads: their
 * control characters are printed as in JSON, such as {@code &#92;u009b}. Line ends and tabs stay.
 */
final class Terminal extends Writer {

    /**
     * C0, DEL and C1, the separators of lines and paragraphs, what is invisible or changes the direction of the text behind
     * it, and lone surrogates, which UTF-8 does not have.
     */
    private static final Pattern CONTROLS =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\r\\n\\t]]|\\r(?!\\n)");

    private final PrintStream stream;

    private Terminal(PrintStream stream) {
        this.stream = stream;
    }

    /** The standard output, for what people read. */
    static PrintWriter out() {
        return on(System.out);
    }

    /** The standard error. */
    static PrintWriter err() {
        return on(System.err);
    }

    static PrintWriter on(PrintStream stream) {
        return new PrintWriter(new Terminal(stream), true);
    }

    /** The standard output, for what programs read. */
    static OutputStream data() {
        return new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
    }

    /** A line of data in UTF-8. It has the same value as the JSON, and can go to a terminal too. */
    static byte[] jsonLine(String json) {
        return (escape(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String escape(String text) {
        return CONTROLS.matcher(text)
                .replaceAll(control ->
                        control.group().chars().mapToObj("\\\\u%04x"::formatted).collect(joining()));
    }

    @Override
    public void write(char[] text, int from, int length) {
        stream.print(escape(new String(text, from, length)));
    }

    @Override
    public void flush() {
        stream.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
