package backoffice.database;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.boot.model.FunctionContributor;
import org.hibernate.dialect.function.array.ArrayViaElementArgumentReturnTypeResolver;
import org.hibernate.query.sqm.function.SqmFunctionRegistry;
import org.hibernate.type.BasicTypeRegistry;
import org.hibernate.type.StandardBasicTypes;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.hibernate.type.spi.TypeConfiguration;

/**
 * What PostgreSQL can do and HQL cannot say. A parameter is never the last argument: Hibernate takes that one for a list of
 * arguments that may grow, and translates the statement anew in each call.
 */
public class HqlFunctions implements FunctionContributor {

    /** {@code array_of(x)}: an array of rows in the order in which they come. HQL's own {@code array_agg} wants another. */
    static final String ARRAY_OF = "array_of";

    /**
     * {@code equal_any(array, x)}: whether x is equal to an element of the array. HQL's own {@code in} has a parameter
     * for each value, and so a statement for each number of values.
     */
    private static final String EQUAL_ANY = "equal_any";

    /**
     * {@code matches(pattern, x)}: whether x matches the pattern, in which a backslash escapes. HQL's own {@code like} has
     * no form that PostgreSQL evaluates without a look at the escape for each row.
     */
    private static final String MATCHES = "matches";

    /** {@code like_any(array, x)}: whether x matches a pattern of the array, in which a backslash escapes. */
    private static final String LIKE_ANY = "like_any";

    /** What parameters are; Hibernate would look for the type of an unknown one in each call. */
    private static final List<Class<?>> ARRAYS = List.of(String[].class, LocalDateTime[].class);

    @Override
    public void contributeFunctions(FunctionContributions contributions) {
        ARRAYS.forEach(array -> register(array, contributions.getTypeConfiguration()));
        SqmFunctionRegistry functions = contributions.getFunctionRegistry();
        BasicTypeRegistry types = contributions.getTypeConfiguration().getBasicTypeRegistry();
        functions
                .patternAggregateDescriptorBuilder(ARRAY_OF, "array_agg(?1)")
                .setExactArgumentCount(1)
                .setReturnTypeResolver(ArrayViaElementArgumentReturnTypeResolver.DEFAULT_INSTANCE)
                .register();
        Map.of(EQUAL_ANY, "(?2=any(?1))", MATCHES, "(?2 like ?1)", LIKE_ANY, "(?2 like any(?1))")
                .forEach((name, sql) -> functions
                        .patternDescriptorBuilder(name, sql)
                        .setExactArgumentCount(2)
                        .setInvariantType(types.resolve(StandardBasicTypes.BOOLEAN))
                        .register());
    }

    private static <T> void register(Class<T> array, TypeConfiguration types) {
        JavaType<T> java = types.getJavaTypeRegistry().resolveDescriptor(array);
        JdbcType jdbc = java.getRecommendedJdbcType(types.getCurrentBaseSqlTypeIndicators());
        types.getBasicTypeRegistry().register(types.getBasicTypeRegistry().resolve(java, jdbc), array.getTypeName());
    }
}
