package backoffice.hql;

import java.util.stream.Stream;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.hibernate.grammars.hql.HqlParser;
import org.hibernate.query.hql.internal.HqlParseTreeBuilder;

/**
 * Warms up the HQL parser of Hibernate while the native executable is built. The parser learns its grammar from the
 * first statements that it parses. At run time, this would take as long as everything else until the first response.
 * The build initializes the repositories, which hand their statements over, so the executable contains what the parser
 * learned. See docs/adr/0020.
 *
 * <p>This class uses an internal class of Hibernate, {@code HqlParseTreeBuilder}, because Hibernate has no public way
 * to parse HQL ahead of time while an image is built. We know of no upstream issue that asks for one.
 *
 * <p>If Hibernate moves {@code HqlParseTreeBuilder}, this class no longer compiles, and the native build fails. Remove
 * this class and its calls then. Only the first response of the native executable gets slower.
 */
public final class HqlParserWarmUp {

    private static final boolean BUILDS_NATIVE_EXECUTABLE =
            "buildtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"));

    private HqlParserWarmUp() {}

    /** Parses statements that the service will send. Does nothing at run time and on a JVM. */
    public static void learn(String... statements) {
        if (BUILDS_NATIVE_EXECUTABLE) {
            Stream.of(statements).forEach(HqlParserWarmUp::parse);
        }
    }

    private static void parse(String hql) {
        HqlParser parser =
                HqlParseTreeBuilder.INSTANCE.buildHqlParser(hql, HqlParseTreeBuilder.INSTANCE.buildHqlLexer(hql));
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.statement();
    }
}
