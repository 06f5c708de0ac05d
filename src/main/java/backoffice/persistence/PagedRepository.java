package backoffice.persistence;

import backoffice.envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.search.Hql;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The base of the repositories that have a list to page through (docs/api.md, section 1.5). */
public abstract class PagedRepository extends VendorScopedRepository {

    private final PageReader pages;

    protected PagedRepository(SqlExecutor sql, PageReader pages) {
        super(sql);
        this.pages = pages;
    }

    /**
     * Reads a page of the items that a search finds in a list of the vendor.
     *
     * @param parameters the named parameters of the list besides the vendor and those of the search
     * @param mapper makes an item of its columns, which it gets by index
     * @return the page; null when there is no such list
     */
    protected final <T> Uni<Page<T>> page(
            PagedList list,
            Map<String, Object> parameters,
            String vendor,
            Hql search,
            PageRange range,
            Function<IntFunction<Object>, T> mapper) {
        return pages.read(list.find(vendor, parameters, search), range, mapper);
    }
}
