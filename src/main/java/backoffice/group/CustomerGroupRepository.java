package backoffice.group;

import static backoffice.persistence.PostgresErrors.violates;

import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.envelope.Problem;
import backoffice.pagination.PagedList;
import backoffice.pagination.PagedRepository;
import backoffice.pagination.RowCountHql;
import backoffice.persistence.VendorSql;
import backoffice.search.Fields;
import backoffice.search.Hql;
import backoffice.search.HqlTranslator;
import backoffice.search.SearchRequest;
import backoffice.value.Name;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** The repository of customer groups (docs/api.md, sections 4.1 and 4.2). */
@Singleton
public class CustomerGroupRepository extends PagedRepository<CustomerGroup> {

    private static final PagedList GROUPS = new PagedList(
                    "from CustomerGroup g where g.vendor = :vendor",
                    List.of("g.name"),
                    RowCountHql.GROUPS,
                    HqlTranslator.translate(SearchRequest.EVERYTHING, Fields.GROUPS))
            .warmUp();
    private static final String FIND = "select 1 from customer_group where vendor = $1 and name = $2";

    // A duplicate would abort the transaction of the call, and Panache's persist knows no "on conflict".
    private static final String CREATE =
            "insert into customer_group (vendor, name) values ($1, $2) on conflict (vendor, name) do nothing";
    private static final String RENAME = "name = :newName where vendor = :vendor and name = :name";
    private static final String DELETE = "vendor = :vendor and name = :name";

    CustomerGroupRepository(VendorSql sql) {
        super(sql);
    }

    /** Reads a page of the groups that a search finds. */
    Uni<Page<Group>> page(Vendor vendor, Hql search, PageRange page) {
        return page(vendor, GROUPS, search, page, column -> new Group(new Name((String) column.apply(0))));
    }

    /** Checks that a group exists; fails with 2001 when it does not. */
    Uni<Void> require(Vendor vendor, Name name) {
        return sql.selectByKey(vendor, FIND, name.value())
                .invoke(found -> requireOne(found.size(), name))
                .replaceWithVoid();
    }

    /** Creates a group unless it exists. */
    Uni<Void> create(Vendor vendor, Name name) {
        return sql.update(vendor, CREATE, name.value()).replaceWithVoid();
    }

    /** Renames a group; fails with 2001 when it does not exist, and with 2002 when another group has the new name. */
    Uni<Void> rename(Vendor vendor, Name name, Name newName) {
        return update(vendor, RENAME, Map.of("name", name.value(), "newName", newName.value()))
                .onFailure(violates("customer_group_name_key"))
                .transform(e -> new ApiException(Problem.GROUP_EXISTS, newName.value()))
                .invoke(renamed -> requireOne(renamed, name))
                .replaceWithVoid();
    }

    /** Deletes a group; fails with 2001 when it does not exist, and with 2003 when it holds customers. */
    Uni<Void> delete(Vendor vendor, Name name) {
        return delete(vendor, DELETE, Map.of("name", name.value()))
                .onFailure(violates("customer_group_fkey"))
                .transform(e -> new ApiException(Problem.GROUP_NOT_EMPTY, name.value()))
                .invoke(deleted -> requireOne(deleted, name))
                .replaceWithVoid();
    }

    private static void requireOne(long found, Name name) {
        if (found == 0) {
            throw new ApiException(Problem.NO_SUCH_GROUP, name.value());
        }
    }
}
