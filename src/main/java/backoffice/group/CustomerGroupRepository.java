package backoffice.group;

import static backoffice.persistence.PostgresErrors.violates;
import static backoffice.persistence.VendorScope.ofVendor;

import backoffice.changes.Change;
import backoffice.changes.ChangeRepository;
import backoffice.changes.ChangeType;
import backoffice.envelope.ApiException;
import backoffice.envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.envelope.Problem;
import backoffice.persistence.PageReader;
import backoffice.persistence.PagedList;
import backoffice.persistence.PagedRepository;
import backoffice.persistence.RowCounts;
import backoffice.persistence.SqlExecutor;
import backoffice.search.Fields;
import backoffice.search.Hql;
import backoffice.search.HqlTranslator;
import backoffice.search.SearchRequest;
import backoffice.value.Name;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The repository of customer groups (docs/api.md, sections 4.1 and 4.2). Each method sends one statement. */
@Singleton
public class CustomerGroupRepository extends PagedRepository {

    private static final PagedList GROUPS = new PagedList(
            List.of("g.name"),
            1,
            "from CustomerGroup g where " + ofVendor("g"),
            null,
            RowCounts.length(RowCounts.GROUPS),
            RowCounts.version(RowCounts.GROUPS),
            HqlTranslator.translate(SearchRequest.EVERYTHING, Fields.GROUPS),
            "g.name >= :from0");
    private static final String FIND = "select 1 from customer_group where vendor = $1 and name = $2";
    private static final String CREATE =
            "insert into customer_group (vendor, name) values ($1, $2) on conflict (vendor, name) do nothing";
    private static final String CREATE_MISSING = """
            insert into customer_group (vendor, name)
            select cast($1 as text), name from unnest(cast($2 as text[])) as name order by name collate "C"
            on conflict (vendor, name) do nothing returning name
            """;
    private static final String RENAME = "update customer_group set name = $3 where vendor = $1 and name = $2";
    private static final String DELETE = "delete from customer_group where vendor = $1 and name = $2";
    private static final String NAME_KEY = "customer_group_name_key";
    private static final String MEMBERS_KEY = "customer_group_fkey";

    private final ChangeRepository changes;

    CustomerGroupRepository(SqlExecutor sql, PageReader pages, ChangeRepository changes) {
        super(sql, pages);
        this.changes = changes;
    }

    /** Reads a page of the groups that a search finds. */
    Uni<Page<Group>> page(String vendor, Hql search, PageRange page) {
        return page(GROUPS, Map.of(), vendor, search, page, row -> new Group(new Name((String) row.apply(0))));
    }

    /** Checks that a group exists; fails with 2001 when it does not. */
    Uni<Void> require(String vendor, Name name) {
        return read(FIND, vendor, name.value())
                .invoke(found -> requireOne(found, name))
                .replaceWithVoid();
    }

    /** Creates a group, or does nothing when it exists. */
    Uni<Void> create(String vendor, Name name) {
        return changes.execute(CREATE, vendor, created(name), name.value()).replaceWithVoid();
    }

    /**
     * Creates the groups that do not exist and leaves the others unchanged.
     *
     * @return the names of the groups that this call created
     */
    public Uni<List<Name>> createMissing(String vendor, Collection<Name> names) {
        Object[] texts = names.stream().map(Name::value).toArray(String[]::new);
        return changes.recording(
                vendor,
                () -> execute(CREATE_MISSING, vendor, (Object) texts)
                        .map(created -> created.stream()
                                .map(row -> new Name(row.getString(0)))
                                .toList()),
                created ->
                        created.stream().map(CustomerGroupRepository::created).toList());
    }

    /** Renames a group; fails with 2001 when it does not exist, and with 2002 when another group has the new name. */
    Uni<Void> rename(String vendor, Name name, Name newName) {
        Change change = new Change(ChangeType.GROUP_RENAMED, new Group(name), new Group(newName));
        return changes.execute(RENAME, vendor, change, name.value(), newName.value())
                .onFailure(violates(NAME_KEY))
                .transform(e -> new ApiException(Problem.GROUP_EXISTS, newName.value()))
                .invoke(renamed -> requireOne(renamed, name))
                .replaceWithVoid();
    }

    /** Deletes a group; fails with 2001 when it does not exist, and with 2003 when it holds customers. */
    Uni<Void> delete(String vendor, Name name) {
        Change change = new Change(ChangeType.GROUP_DELETED, new Group(name), null);
        return changes.execute(DELETE, vendor, change, name.value())
                .onFailure(violates(MEMBERS_KEY))
                .transform(e -> new ApiException(Problem.GROUP_NOT_EMPTY, name.value()))
                .invoke(deleted -> requireOne(deleted, name))
                .replaceWithVoid();
    }

    private static Change created(Name name) {
        return new Change(ChangeType.GROUP_CREATED, null, new Group(name));
    }

    private static void requireOne(RowSet<Row> found, Name name) {
        if (found.rowCount() == 0) {
            throw new ApiException(Problem.NO_SUCH_GROUP, name.value());
        }
    }
}
