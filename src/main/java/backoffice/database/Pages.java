package backoffice.database;

import backoffice.database.Anchors.Anchor;
import backoffice.envelope.Page;
import backoffice.envelope.PageRange;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
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
     * @param item makes an item of its columns, which others follow
     * @return the page; null where there is no such list
     */
    public <T> Uni<Page<T>> read(
            Mutiny.Session session, PageStatement list, PageRange page, Function<Object[], T> item) {
        return list.onward() == null || page.offset() <= NEAR
                ? near(session, list, page, item)
                : far(session, list, page, item, anchors.before(list, page.offset()));
    }

    private <T> Uni<Page<T>> near(
            Mutiny.Session session, PageStatement list, PageRange page, Function<Object[], T> item) {
        Mutiny.SelectionQuery<Object[]> query = select(session, list, list.items(), Object[].class)
                .setFirstResult(page.offset())
                .setMaxResults(page.limit());
        if (list.inParts()) {
            // Hibernate counts rows in int.
            query.setParameter(
                    PageStatement.END, (int) Math.min((long) page.offset() + page.limit(), Integer.MAX_VALUE));
        }
        return query.getResultList()
                .chain(rows -> rows.isEmpty()
                        ? empty(session, list, page, () -> near(session, list, page, item))
                        : Uni.createFrom().item(page(rows, item)));
    }

    private <T> Uni<Page<T>> far(
            Mutiny.Session session, PageStatement list, PageRange page, Function<Object[], T> item, Anchor from) {
        Mutiny.SelectionQuery<Object[]> query = select(session, list, list.onward(), Object[].class)
                .setFirstResult(page.offset() - from.index())
                .setMaxResults(page.limit());
        for (int i = 0; i < list.keys(); i++) {
            query.setParameter("from" + i, from.key().get(i));
        }
        Supplier<Uni<Page<T>>> fromTheStart = () -> far(session, list, page, item, Anchor.start(list));
        return query.getResultList().chain(rows -> {
            if (rows.isEmpty()) {
                return empty(session, list, page, fromTheStart);
            }
            String version = (String) rows.get(0)[rows.get(0).length - 2];
            if (from.version() != null && !from.version().equals(version)) {
                return fromTheStart.get();
            }
            remember(list, version, page.offset(), rows.get(0));
            remember(list, version, page.offset() + rows.size() - 1, rows.get(rows.size() - 1));
            return Uni.createFrom().item(page(rows, item));
        });
    }

    /** Without a row there is no total either; one that reaches beyond the offset is of a later snapshot, with items. */
    private static <T> Uni<Page<T>> empty(
            Mutiny.Session session, PageStatement list, PageRange page, Supplier<Uni<Page<T>>> again) {
        return select(session, list, list.total(), Long.class)
                .getSingleResultOrNull()
                .chain(total -> total != null && total > page.offset()
                        ? again.get()
                        : Uni.createFrom().item(total == null ? null : new Page<>(total, List.of())));
    }

    private static <R> Mutiny.SelectionQuery<R> select(
            Mutiny.Session session, PageStatement list, String hql, Class<R> row) {
        Mutiny.SelectionQuery<R> query = session.createSelectionQuery(hql, row);
        list.parameters().forEach(query::setParameter);
        return query;
    }

    private static <T> Page<T> page(List<Object[]> rows, Function<Object[], T> item) {
        Object[] first = rows.get(0);
        return new Page<>(
                (Long) first[first.length - 1], rows.stream().map(item).toList());
    }

    private void remember(PageStatement list, String version, int index, Object[] row) {
        List<String> key = Stream.of(row)
                .limit(list.keys())
                .map(column -> column == null ? "" : (String) column)
                .toList();
        anchors.remember(list, new Anchor(index, key, version));
    }
}
