package backoffice.persistence;

import java.util.stream.Stream;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.hibernate.grammars.hql.HqlParser;
import org.hibernate.query.hql.internal.HqlParseTreeBuilder;

/**
 * What Hibernate's parser learns of its grammar from the first statements that it reads. It takes as long as all else
 * until the first answer, so the native executable learns it while it is built, when the repositories are initialized.
 */
public final class HqlParserWarmUp {

    private static final boolean EXECUTABLE_IS_BUILT =
            "buildtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"));

    private HqlParserWarmUp() {}

    /** Reads statements that will be sent, unless the service runs already. */
    public static void learn(String... statements) {
        if (EXECUTABLE_IS_BUILT) {
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
