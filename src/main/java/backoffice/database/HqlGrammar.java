package backoffice.database;

import java.util.List;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.hibernate.grammars.hql.HqlParser;
import org.hibernate.query.hql.internal.HqlParseTreeBuilder;

/**
 * What Hibernate's parser learns of its grammar from the first statements that it reads. It takes as long as all else
 * until the first answer, so the native executable learns it while it is built, when this class is initialized.
 */
final class HqlGrammar {

    /** Statements of the kinds that the repositories send. */
    private static final List<String> SAMPLES = List.of(
            """
            select array_of(page.c0), (select cast(coalesce(sum(t.total), 0) as Long) from Tally t where t.vendor = :vendor
            and t.list = 0) from (select g.name as c0 from CustomerGroup g where g.vendor = :vendor order by g.name asc
            limit :limit offset :offset) page
            """,
            """
            select array_of(page.c0), array_of(page.c1), (select concat(cast(t.list as String), ' ',
            cast(sum(t.version) as String)) from Tally t where t.vendor = :vendor and t.list = -1 group by t.list),
            (select cast(coalesce(sum(t.total), 0) as Long) from Tally t where t.vendor = :vendor and t.list = -1)
            from (select c.name as c0, g.name as c1 from Customer c left join CustomerGroup g on g.vendor = c.vendor
            and g.id = c.groupId where c.vendor = :vendor and c.name >= :from0 and (c.name > :from0
            or coalesce(g.name, '') >= :from1) order by c.name asc, g.name asc nulls first limit :limit offset :offset) page
            """,
            """
            select array_of(page.c0), (select (select cast(coalesce(sum(t.total), 0) as Long) from Tally t
            where t.vendor = :vendor and t.list = g.id) from CustomerGroup g where g.vendor = :vendor and g.name = :group)
            from (select c.name as c0 from Customer c where c.vendor = :vendor and c.groupId = (select g.id
            from CustomerGroup g where g.vendor = :vendor and g.name = :group) order by c.name limit :limit offset :offset) page
            """,
            """
            select array_of(page.c0), (case when count(*) < :limit and (count(*) > 0 or :offset = 0)
            then count(*) + :offset else (select count(*) from CustomerGroup g where g.vendor = :vendor
            and (matches(:p0, g.name) or g.name >= :p1 and g.name < :p2)) end)
            from (select g.name as c0 from CustomerGroup g where g.vendor = :vendor
            and (matches(:p0, g.name) or g.name >= :p1 and g.name < :p2) order by g.name desc limit :limit offset :offset) page
            """,
            """
            select array_of(page.c0), array_of(page.c1), array_of(page.c2) from (select c.name as c0, g.name as c1,
            c.regDate as c2 from (select c.id as id from Customer c left join CustomerGroup g on g.vendor = c.vendor
            and g.id = c.groupId where c.vendor = :vendor and 1 = 1 and (c.groupId is null or not equal_any(:p0, g.name))
            and c.regDate between :p1 and :p2 order by c.name asc, g.name asc nulls first limit :limit offset :offset) found
            join Customer c on c.vendor = :vendor and c.id = found.id left join CustomerGroup g on g.vendor = :vendor
            and g.id = c.groupId order by c.name asc, g.name asc nulls first) page
            """,
            """
            select array_of(page.c0) from (select x.c0 as c0 from ((select c.name as c0, 0 as part,
            row_number() over (order by c.name asc) as place from Customer c left join CustomerGroup g on 1 = 0
            where c.vendor = :vendor and c.groupId is null order by c.name asc limit :end) union all
            (select c.name as c0, 1 as part, row_number() over (order by g.name desc, c.name asc) as place
            from CustomerGroup g join lateral (select c.name as name, c.groupId as groupId from Customer c
            where c.vendor = :vendor and c.groupId = g.id order by c.name asc limit :end) c where g.vendor = :vendor
            order by g.name desc, c.name asc limit :end)) x order by x.part, x.place limit :limit offset :offset) page
            """,
            "from CustomerGroup where vendor = :vendor and name = :name",
            "update from CustomerGroup set name = :newName where vendor = :vendor and name = :name",
            "delete from CustomerGroup where vendor = :vendor and name = :name",
            """
            select c.name, g.name, c.regDate from CustomerGroup g left join Customer c on c.vendor = g.vendor
            and c.groupId = g.id and c.name = :name where g.vendor = :vendor and g.name = :group
            """);

    static {
        if ("buildtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"))) {
            SAMPLES.forEach(HqlGrammar::parse);
        }
    }

    private HqlGrammar() {}

    /** Does nothing but bring the class into the executable. */
    static void load() {
        // What is to be done is done when the class is initialized.
    }

    private static void parse(String hql) {
        HqlParser parser =
                HqlParseTreeBuilder.INSTANCE.buildHqlParser(hql, HqlParseTreeBuilder.INSTANCE.buildHqlLexer(hql));
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.statement();
    }
}
