package backoffice.persistence;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import backoffice.testsupport.Api;
import backoffice.testsupport.PlanRecorder;
import backoffice.testsupport.RepositoryFiles;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/operating.md, "An index for contains": the service uses the index as soon as it is there. */
@Tag("slow")
@QuarkusTest
@DisabledIf(
        value = "backoffice.testsupport.CitusCluster#isConfigured",
        disabledReason = "on a cluster, the statement of a shard has the plan")
class ContainsIndexTest {

    private static final String ROWS = """
            insert into customer_group (vendor, name)
            select v, 'group ' || i from generate_series(1, 100) i, unnest(array['acme', 'globex']) v;
            insert into customer (vendor, name, group_id, reg_date, mobile_number, city)
            select vendor, 'customer ' || md5(id || ' ' || i), id, now(), '138' || 10000000 + substr(name, 7)::int * 1000 + i, 'Shanghai'
            from customer_group, generate_series(1, 300) i
            """;

    @BeforeAll
    static void many_customers_and_the_index() {
        Sql.clean();
        Sql.execute(ROWS);
        // PostgreSQL would do it at a time of its own, and then compare each customer of the page with the groups.
        Sql.execute("analyze customer_group");
        Stream.of(RepositoryFiles.text(Path.of("deploy/postgresql/contains-index.sql"))
                        .replaceAll("--.*", "")
                        .split(";"))
                .filter(statement -> !statement.isBlank())
                .forEach(Sql::execute);
    }

    @AfterAll
    static void no_rows_and_no_index() {
        Sql.execute("drop index customer_vendor_texts_idx");
        Sql.clean();
    }

    @ParameterizedTest
    @CsvSource({
        "any, 10042017, 1, force_custom_plan",
        "any, 10042017, 1, force_generic_plan",
        "mobileNumber, 10042017, 1, force_custom_plan",
        "mobileNumber, 10042017, 1, force_generic_plan",
        "any, nobody at all, 0, force_generic_plan",
        "any, gROUP 17, 50, force_custom_plan",
    })
    void a_search_for_a_part_of_a_text_reads_the_customers_that_it_finds(
            String field, String text, int found, String plans) {
        String search = "{\"querys\":[{\"name\":\"" + field + "\",\"op\":\"contains\",\"values\":[\"" + text + "\"]}]}";

        long read = new PlanRecorder()
                .rowsRead(
                        plans,
                        () -> Api.as(Vendors.ACME)
                                .post("/customers/data", search)
                                .body("data.items.size()", is(found)));

        assertThat(read, lessThan(2000L));
    }
}
