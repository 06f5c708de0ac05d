package backoffice.database;

import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.boot.model.FunctionContributor;
import org.hibernate.dialect.function.array.ArrayViaElementArgumentReturnTypeResolver;
import org.hibernate.query.sqm.function.SqmFunctionRegistry;
import org.hibernate.type.BasicTypeRegistry;
import org.hibernate.type.StandardBasicTypes;

/** What PostgreSQL can do and HQL cannot say. */
public class HqlFunctions implements FunctionContributor {

    /** {@code array_of(x)}: an array of rows in the order in which they come. HQL's own {@code array_agg} wants another. */
    static final String ARRAY_OF = "array_of";

    /**
     * {@code one_of(x, array)}: whether x is one of an array's texts. Each is looked up by itself: for HQL's own
     * {@code in} of many, PostgreSQL would take the index of trigrams, which it believes to be quick, and which reads a
     * large part of itself for each.
     */
    private static final String ONE_OF = "one_of";

    /**
     * {@code opaque(x)}: the text x, of which PostgreSQL's planner knows no more than that it is one. Statements that have
     * several indexes to choose from name their vendor so: of one that the statistics do not know yet, the planner would
     * expect a row at the most, and read all that the vendor has for each item of a batch.
     */
    private static final String OPAQUE = "opaque";

    @Override
    public void contributeFunctions(FunctionContributions contributions) {
        SqmFunctionRegistry functions = contributions.getFunctionRegistry();
        BasicTypeRegistry types = contributions.getTypeConfiguration().getBasicTypeRegistry();
        functions
                .patternAggregateDescriptorBuilder(ARRAY_OF, "array_agg(?1)")
                .setExactArgumentCount(1)
                .setReturnTypeResolver(ArrayViaElementArgumentReturnTypeResolver.DEFAULT_INSTANCE)
                .register();
        functions
                .patternDescriptorBuilder(ONE_OF, "(?1 in (select unnest(cast(?2 as text[]))))")
                .setExactArgumentCount(2)
                .setInvariantType(types.resolve(StandardBasicTypes.BOOLEAN))
                .register();
        functions
                .patternDescriptorBuilder(OPAQUE, "(select cast(?1 as text))")
                .setExactArgumentCount(1)
                .setInvariantType(types.resolve(StandardBasicTypes.STRING))
                .register();
    }
}
