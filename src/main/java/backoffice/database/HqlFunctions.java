package backoffice.database;

import java.util.Map;
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
     * {@code equal_any(x, array)}: whether x is equal to an element of the array. HQL's own {@code in} has a parameter
     * for each value, and so a statement for each number of values.
     */
    private static final String EQUAL_ANY = "equal_any";

    /**
     * {@code matches(x, pattern)}: whether x matches the pattern, in which a backslash escapes. HQL's own {@code like} has
     * no form that PostgreSQL evaluates without a look at the escape for each row.
     */
    private static final String MATCHES = "matches";

    /** {@code like_any(x, array)}: whether x matches a pattern of the array, in which a backslash escapes. */
    private static final String LIKE_ANY = "like_any";

    @Override
    public void contributeFunctions(FunctionContributions contributions) {
        SqmFunctionRegistry functions = contributions.getFunctionRegistry();
        BasicTypeRegistry types = contributions.getTypeConfiguration().getBasicTypeRegistry();
        functions
                .patternAggregateDescriptorBuilder(ARRAY_OF, "array_agg(?1)")
                .setExactArgumentCount(1)
                .setReturnTypeResolver(ArrayViaElementArgumentReturnTypeResolver.DEFAULT_INSTANCE)
                .register();
        Map.of(EQUAL_ANY, "(?1=any(?2))", MATCHES, "(?1 like ?2)", LIKE_ANY, "(?1 like any(?2))")
                .forEach((name, sql) -> functions
                        .patternDescriptorBuilder(name, sql)
                        .setExactArgumentCount(2)
                        .setInvariantType(types.resolve(StandardBasicTypes.BOOLEAN))
                        .register());
    }
}
