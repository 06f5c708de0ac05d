package backoffice.docs;

import backoffice.testsupport.RepositoryFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** A page of the docs, parsed as Markdown. */
public record Page(Path file, Node root) {

    /** Links to other hosts, and to pages that the host of the repository makes. */
    static final String ELSEWHERE = "[a-z]+:.*|\\.\\./\\.\\./(actions|releases).*";

    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build();

    public static List<Page> all() {
        return Stream.concat(RepositoryFiles.top(), RepositoryFiles.below("docs", "src/bench", "k8s"))
                .filter(file -> file.toString().endsWith(".md"))
                .sorted()
                .map(Page::of)
                .toList();
    }

    public static Page of(String file) {
        return of(Path.of(file));
    }

    static Page of(Path file) {
        return new Page(file, PARSER.parse(RepositoryFiles.text(file)));
    }

    public String text() {
        return RepositoryFiles.text(file);
    }

    public List<Shell> blocks(String language) {
        return all(FencedCodeBlock.class).stream()
                .filter(block -> block.getInfo().equals(language))
                .map(block ->
                        new Shell(file + ":" + (block.getSourceSpans().get(0).getLineIndex() + 1), block.getLiteral()))
                .toList();
    }

    /** The first block of a language that has this text. */
    public Shell block(String language, String text) {
        return blocks(language).stream()
                .filter(block -> block.text().contains(text))
                .findFirst()
                .orElseThrow();
    }

    /** What stands as code within the text. */
    public List<String> code() {
        return all(Code.class).stream().map(Code::getLiteral).toList();
    }

    /** The text, without code. */
    public List<String> words() {
        return all(Text.class).stream().map(Text::getLiteral).toList();
    }

    public List<String> links() {
        return all(Link.class).stream().map(Link::getDestination).toList();
    }

    /** The file that a link leads to. */
    Path target(String link) {
        String path = link.replaceFirst("#.*", "");
        return path.isEmpty() ? file : file.resolveSibling(path).normalize();
    }

    public List<Integer> levels() {
        return all(Heading.class).stream().map(Heading::getLevel).toList();
    }

    /** What a link to each heading names, as GitHub makes it. */
    public List<String> anchors() {
        return all(Heading.class).stream()
                .map(Page::markdown)
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** The parts of the page, each from a heading up to the next one. */
    public List<Page> sections() {
        List<Page> sections = new ArrayList<>();
        Node next;
        for (Node node = PARSER.parse(text()).getFirstChild(); node != null; node = next) {
            next = node.getNext();
            if (node instanceof Heading || sections.isEmpty()) {
                sections.add(new Page(file, new Document()));
            }
            sections.get(sections.size() - 1).root.appendChild(node);
        }
        return sections;
    }

    public List<String> languages() {
        return all(FencedCodeBlock.class).stream().map(FencedCodeBlock::getInfo).toList();
    }

    /** Each table as its rows, each row as its cells in Markdown; the header is the first row. */
    public List<List<List<String>>> tables() {
        return all(TableBlock.class).stream()
                .map(table -> all(TableRow.class, table)
                        .map(row ->
                                all(TableCell.class, row).map(Page::markdown).toList())
                        .toList())
                .toList();
    }

    /** The rows of the tables with this column, without their headers. */
    public Stream<List<String>> rows(String column) {
        return tables().stream()
                .filter(table -> table.get(0).contains(column))
                .flatMap(table -> table.stream().skip(1));
    }

    private <T extends Node> List<T> all(Class<T> type) {
        return all(type, root).toList();
    }

    private static <T extends Node> Stream<T> all(Class<T> type, Node node) {
        Stream<Node> children = Stream.iterate(node.getFirstChild(), Objects::nonNull, Node::getNext);
        return Stream.concat(
                Stream.of(node).filter(type::isInstance).map(type::cast), children.flatMap(child -> all(type, child)));
    }

    /** Text and code of a cell; links as their text. */
    private static String markdown(Node cell) {
        return all(Node.class, cell)
                .map(node -> node instanceof Code code
                        ? "`" + code.getLiteral() + "`"
                        : node instanceof Text text ? text.getLiteral() : "")
                .collect(Collectors.joining());
    }
}
