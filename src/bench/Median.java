import java.util.List;
import java.util.function.ToDoubleFunction;

/** Computes medians. */
class Median {

    /** The median of at least one value; of an even number of values, the upper of the two in the middle. */
    static double of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    static <T> double of(List<T> items, ToDoubleFunction<T> value) {
        return of(items.stream().map(value::applyAsDouble).toList());
    }
}
