package backoffice.persistence;

import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.hibernate.grammars.hql.HqlLexer;
import org.hibernate.grammars.hql.HqlParser;

/**
 * Warms up the HQL parser of Hibernate while the native executable is built. The parser learns its grammar from the
 * first statements that it parses. The build initializes the repositories, which hand their statements over. See
 * docs/adr/0020.
 */
public final class HqlParserWarmUp {

    private static final boolean BUILDS_NATIVE_EXECUTABLE =
            "buildtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"));

    private HqlParserWarmUp() {}

    /** Parses a statement that the service will send. Does nothing at run time and on a JVM. */
    public static void learn(String hql) {
        if (BUILDS_NATIVE_EXECUTABLE) {
            HqlParser parser = new HqlParser(new CommonTokenStream(new HqlLexer(CharStreams.fromString(hql))));
            parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
            parser.statement();
        }
    }
}
