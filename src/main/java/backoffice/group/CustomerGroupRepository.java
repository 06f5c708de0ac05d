package backoffice.group;

import static backoffice.persistence.PostgresErrors.violates;

import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope.Page;
import backoffice.envelope.Problem;
import backoffice.pagination.PageRange;
import backoffice.pagination.PagedList;
import backoffice.pagination.PagedRepository;
import backoffice.pagination.RowCountHql;
import backoffice.persistence.Database;
import backoffice.persistence.Work;
import backoffice.search.Fields;
import backoffice.search.Hql;
import backoffice.search.HqlTranslator;
import backoffice.search.SearchRequest;
import backoffice.value.Name;
import jakarta.inject.Singleton;
import java.util.List;

/** The repository of customer groups (docs/api.md, sections 4.1 and 4.2). */
@Singleton
public class CustomerGroupRepository extends PagedRepository<CustomerGroup> {

    /** The search that finds all groups, by name. */
    static final Hql ALL = HqlTranslator.translate(SearchRequest.EVERYTHING, Fields.GROUPS);

    private static final PagedList GROUPS = new PagedList(
                    "from CustomerGroup g where g.vendor = :vendor",
                    List.of(new PagedList.Column("name", "g.name", false)),
                    RowCountHql.GROUPS,
                    ALL)
            .warmUp();
    private static final String FIND = "select 1 from customer_group where vendor = $1 and name = $2";

    // A duplicate would abort the transaction of the call, and Panache's persist knows no "on conflict".
    private static final String CREATE =
            "insert into customer_group (vendor, name) values ($1, $2) on conflict (vendor, name) do nothing";
    private static final String RENAME = "update customer_group set name = $3 where vendor = $1 and name = $2";
    private static final String DELETE = "delete from customer_group where vendor = $1 and name = $2";

    CustomerGroupRepository(Database database) {
        super(database);
    }

    /** Reads a page of the groups that a search finds. */
    Work<Page<Group>> page(Hql search, PageRange page) {
        return page(GROUPS, search, page, column -> new Group(Name.stored((String) column.apply(0))));
    }

    /** Reads one group; fails with 2001 when it does not exist. */
    Work<Page<Group>> get(Name name) {
        return Work.readRow(db -> db.select(FIND, name.value())
                .invoke(found -> requireOne(found.size(), name))
                .replaceWith(() -> Page.of(new Group(name))));
    }

    /** Creates a group unless it exists. */
    Work<List<Group>> create(Group group) {
        return Work.changeRow(db -> db.update(CREATE, group.name().value()).replaceWith(List.of(group)));
    }

    /** Renames a group; fails with 2001 when it does not exist, and with 2002 when another group has the new name. */
    Work<List<Group>> rename(Name name, Group renamed) {
        String newName = renamed.name().value();
        return Work.changeRow(db -> db.update(RENAME, name.value(), newName)
                .onFailure(violates("customer_group_name_key"))
                .transform(e -> new ApiException(Problem.GROUP_EXISTS, newName))
                .invoke(rows -> requireOne(rows, name))
                .replaceWith(List.of(renamed)));
    }

    /** Deletes a group; fails with 2001 when it does not exist, and with 2003 when it holds customers. */
    Work<List<Group>> delete(Name name) {
        return Work.changeRow(db -> db.update(DELETE, name.value())
                .onFailure(violates("customer_group_fkey"))
                .transform(e -> new ApiException(Problem.GROUP_NOT_EMPTY, name.value()))
                .invoke(rows -> requireOne(rows, name))
                .replaceWith(List.of(new Group(name))));
    }

    private static void requireOne(int found, Name name) {
        if (found == 0) {
            throw new ApiException(Problem.NO_SUCH_GROUP, name.value());
        }
    }
}
