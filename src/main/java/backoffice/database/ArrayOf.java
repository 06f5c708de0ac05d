package backoffice.database;

import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.boot.model.FunctionContributor;
import org.hibernate.dialect.function.array.ArrayViaElementArgumentReturnTypeResolver;

/** {@code array_of(x)} in HQL: PostgreSQL's {@code array_agg(x)}, of rows in the order in which they come. HQL's own wants another. */
public class ArrayOf implements FunctionContributor {

    static final String NAME = "array_of";

    @Override
    public void contributeFunctions(FunctionContributions contributions) {
        contributions
                .getFunctionRegistry()
                .patternAggregateDescriptorBuilder(NAME, "array_agg(?1)")
                .setExactArgumentCount(1)
                .setReturnTypeResolver(ArrayViaElementArgumentReturnTypeResolver.DEFAULT_INSTANCE)
                .register();
    }
}
