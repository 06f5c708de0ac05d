package backoffice.persistence;

import backoffice.search.HqlFunction;
import java.time.LocalDateTime;
import java.util.List;
import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.boot.model.FunctionContributor;
import org.hibernate.dialect.function.array.ArrayViaElementArgumentReturnTypeResolver;
import org.hibernate.query.sqm.function.SqmFunctionRegistry;
import org.hibernate.query.sqm.produce.function.PatternFunctionDescriptorBuilder;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.hibernate.type.spi.TypeConfiguration;

/** Registers each {@link HqlFunction} with Hibernate. */
public class HqlFunctionContributor implements FunctionContributor {

    /** The types of array parameters. Hibernate looks up the type of an unregistered one again in each call. */
    private static final List<Class<?>> ARRAY_PARAMETERS = List.of(String[].class, Long[].class, LocalDateTime[].class);

    @Override
    public void contributeFunctions(FunctionContributions contributions) {
        TypeConfiguration types = contributions.getTypeConfiguration();
        ARRAY_PARAMETERS.forEach(array -> register(array, types));
        SqmFunctionRegistry functions = contributions.getFunctionRegistry();
        for (HqlFunction function : HqlFunction.values()) {
            PatternFunctionDescriptorBuilder sql = function.type() == null
                    ? functions
                            .patternAggregateDescriptorBuilder(function.hqlName(), function.sqlPattern())
                            .setReturnTypeResolver(ArrayViaElementArgumentReturnTypeResolver.DEFAULT_INSTANCE)
                    : functions
                            .patternDescriptorBuilder(function.hqlName(), function.sqlPattern())
                            .setInvariantType(types.getBasicTypeRegistry().getRegisteredType(function.type()));
            sql.setExactArgumentCount(function.arguments()).register();
        }
    }

    private static <T> void register(Class<T> array, TypeConfiguration types) {
        JavaType<T> java = types.getJavaTypeRegistry().resolveDescriptor(array);
        JdbcType jdbc = java.getRecommendedJdbcType(types.getCurrentBaseSqlTypeIndicators());
        types.getBasicTypeRegistry().register(types.getBasicTypeRegistry().resolve(java, jdbc), array.getTypeName());
    }
}
