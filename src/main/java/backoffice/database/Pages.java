package backoffice.database;

import backoffice.database.Anchors.Anchor;
import backoffice.envelope.Page;
import backoffice.envelope.PageRange;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads pages of lists. */
@ApplicationScoped
public class Pages {

    /** How many items are passed over in less time than it takes to know better. */
    private static final int NEAR = 1000;

    private final Anchors anchors;

    Pages(Anchors anchors) {
        this.anchors = anchors;
    }

    /**
     * @param item makes an item of its columns
     * @return the page; null where there is no such list
     */
    public <T> Uni<Page<T>> read(
            Mutiny.Session session, PageStatement list, PageRange page, Function<Object[], T> item) {
        return list.onward() == null || page.offset() <= NEAR
                ? near(session, list, page, item)
                : far(session, list, page, item, anchors.before(list, page.offset()));
    }

    private static <T> Uni<Page<T>> near(
            Mutiny.Session session, PageStatement list, PageRange page, Function<Object[], T> item) {
        Mutiny.SelectionQuery<Object[]> query = select(session, list, list.items(), page.offset(), page.limit());
        if (list.inParts()) {
            // Hibernate counts rows in int.
            query.setParameter(
                    PageStatement.END, (int) Math.min((long) page.offset() + page.limit(), Integer.MAX_VALUE));
        }
        return query.getSingleResult().map(row -> page(row, items(list, row), item));
    }

    private <T> Uni<Page<T>> far(
            Mutiny.Session session, PageStatement list, PageRange page, Function<Object[], T> item, Anchor from) {
        Mutiny.SelectionQuery<Object[]> query =
                select(session, list, list.onward(), page.offset() - from.index(), page.limit());
        for (int i = 0; i < list.keys(); i++) {
            query.setParameter("from" + i, from.key().get(i));
        }
        return query.getSingleResult().chain(row -> {
            String version = (String) row[list.columns()];
            if (from.version() != null && !from.version().equals(version)) {
                return far(session, list, page, item, Anchor.start(list));
            }
            List<Object[]> items = items(list, row);
            if (!items.isEmpty()) {
                remember(list, version, page.offset(), items.get(0));
                remember(list, version, page.offset() + items.size() - 1, items.get(items.size() - 1));
            }
            return Uni.createFrom().item(page(row, items, item));
        });
    }

    private static Mutiny.SelectionQuery<Object[]> select(
            Mutiny.Session session, PageStatement list, String hql, int offset, int limit) {
        Mutiny.SelectionQuery<Object[]> query = session.createSelectionQuery(hql, Object[].class)
                .setParameter(PageStatement.OFFSET, offset)
                .setParameter(PageStatement.LIMIT, limit);
        list.parameters().forEach(query::setParameter);
        return query;
    }

    private static List<Object[]> items(PageStatement list, Object[] row) {
        int length = row[0] == null ? 0 : ((Object[]) row[0]).length;
        List<Object[]> items = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            Object[] item = new Object[list.columns()];
            for (int column = 0; column < item.length; column++) {
                item[column] = ((Object[]) row[column])[i];
            }
            items.add(item);
        }
        return items;
    }

    private static <T> Page<T> page(Object[] row, List<Object[]> items, Function<Object[], T> item) {
        Long total = (Long) row[row.length - 1];
        return total == null ? null : new Page<>(total, items.stream().map(item).toList());
    }

    private void remember(PageStatement list, String version, int index, Object[] item) {
        List<String> key = Stream.of(item)
                .limit(list.keys())
                .map(column -> column == null ? "" : (String) column)
                .toList();
        anchors.remember(list, new Anchor(index, key, version));
    }
}
