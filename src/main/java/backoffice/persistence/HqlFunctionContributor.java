package backoffice.persistence;

import backoffice.search.HqlFunction;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.boot.model.FunctionContributor;
import org.hibernate.dialect.function.array.ArrayViaElementArgumentReturnTypeResolver;
import org.hibernate.query.sqm.function.SqmFunctionRegistry;
import org.hibernate.type.StandardBasicTypes;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.hibernate.type.spi.TypeConfiguration;

/** Registers the functions of {@link HqlFunction} with Hibernate, and the aggregate function of the lists. */
public class HqlFunctionContributor implements FunctionContributor {

    /**
     * {@code array_of(x)} collects rows into an array, in the order in which they come; null when there is none. HQL's own
     * {@code array_agg} requires an order of its own.
     */
    public static final String ARRAY_OF = "array_of";

    /** {@code optional_array_of(x)} does so, and is null when no row has a value, as in most columns. */
    public static final String OPTIONAL_ARRAY_OF = "optional_array_of";

    /** {@code bytes_of(array)} is the size of an array in memory, 0 for null. PostgreSQL aggregates the same rows once. */
    public static final String BYTES_OF = "bytes_of";

    private static final Map<String, String> ARRAYS =
            Map.of(ARRAY_OF, "array_agg(?1)", OPTIONAL_ARRAY_OF, "case when count(?1) > 0 then array_agg(?1) end");

    /** The types of array parameters. Hibernate looks up the type of an unregistered one again in each call. */
    private static final List<Class<?>> ARRAY_PARAMETERS = List.of(String[].class, Long[].class, LocalDateTime[].class);

    @Override
    public void contributeFunctions(FunctionContributions contributions) {
        TypeConfiguration types = contributions.getTypeConfiguration();
        ARRAY_PARAMETERS.forEach(array -> register(array, types));
        SqmFunctionRegistry functions = contributions.getFunctionRegistry();
        ARRAYS.forEach((name, sql) -> functions
                .patternAggregateDescriptorBuilder(name, sql)
                .setExactArgumentCount(1)
                .setReturnTypeResolver(ArrayViaElementArgumentReturnTypeResolver.DEFAULT_INSTANCE)
                .register());
        functions
                .patternDescriptorBuilder(BYTES_OF, "coalesce(pg_column_size(?1), 0)")
                .setExactArgumentCount(1)
                .setInvariantType(types.getBasicTypeRegistry().resolve(StandardBasicTypes.INTEGER))
                .register();
        for (HqlFunction function : HqlFunction.values()) {
            functions
                    .patternDescriptorBuilder(function.hqlName(), function.sqlPattern())
                    .setExactArgumentCount(function.arguments())
                    .setInvariantType(types.getBasicTypeRegistry().getRegisteredType(function.type()))
                    .register();
        }
    }

    private static <T> void register(Class<T> array, TypeConfiguration types) {
        JavaType<T> java = types.getJavaTypeRegistry().resolveDescriptor(array);
        JdbcType jdbc = java.getRecommendedJdbcType(types.getCurrentBaseSqlTypeIndicators());
        types.getBasicTypeRegistry().register(types.getBasicTypeRegistry().resolve(java, jdbc), array.getTypeName());
    }
}
