package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** Export and import of CSV files in the console, and what an import shows. */
@QuarkusIntegrationTest
class ConsoleSpreadsheetIT extends WithSpreadsheets {

    private static final String GUARD = "Put an apostrophe before cells that begin with =, +, - or @, so that"
            + " spreadsheets do not run them as formulas. The import removes it.";
    private static final String HEADER =
            "\ufeffName,Group,Description,Registered,Office number,Mobile number,Email,Address,"
                    + "City,Country,Postcode,Contact,Reference\r\n";
    private static final String FORMULAS = """
        [{"name":"=1+1","regDate":"2020-02-02 02:02:02","description":"one, \\"two\\"\\r\\nthree","officeNumber":"+86",\
        "mobileNumber":"-1","email":"@a","address":"'=2","city":"'","country":"; ","postcode":"007","contact":"''@",\
        "referenceId":"R1"}]\
        """;

    @Test
    void an_export_has_all_members_of_what_the_search_finds_and_guards_formulas_unless_the_user_does_not_want_it() {
        api.post("/customers", FORMULAS).statusCode(200);
        enterCustomers().fill("Value 1", "1").submit().awaitRows("=1+1");

        assertEquals(
                HEADER
                        + "'=1+1,,\"one, \"\"two\"\"\r\nthree\",2020-02-02 02:02:02,'+86,'-1,'@a,''=2,',; ,007,'''@,R1\r\n",
                exported("1 customer exported."));

        console.press("Export").choose("File format", "CSV").check(GUARD).press("Export");
        assertEquals(
                HEADER + "=1+1,,\"one, \"\"two\"\"\r\nthree\",2020-02-02 02:02:02,+86,-1,@a,''=2,',; ,007,'''@,R1\r\n",
                download("customers.csv"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_import_of_an_unchanged_export_changes_nothing_also_after_a_spreadsheet_has_saved_it(boolean guarded) {
        api.post("/customers", FORMULAS).statusCode(200);
        enterCustomers().press("中文").press("导出").choose("文件格式", "CSV");
        if (!guarded) {
            console.evaluate("document.getElementById('guard').click()");
        }
        console.press("导出").awaitNotice("已导出 6 个客户。").press("English");
        String export = download("customers.csv");
        String saved = export.replace("\ufeff", "")
                .replace(",", ";")
                .replace("one;", "one,")
                .replace("; ;", "\"; \";");

        for (String text : List.of(export, saved, saved.replace("\r\n", "\n"))) {
            check(text).awaitDialog("Nothing differs from what is stored.");
            assertThat(console.text("dialog"), containsString("6 unchanged"));
            console.press("Close");
        }
    }

    @Test
    void an_export_guards_a_formula_that_begins_a_cell_only_where_a_spreadsheet_splits_at_another_separator() {
        api.post("/customers", "[{\"name\":\"Gauss\",\"contact\":\"x;=1\",\"description\":\"a\\n+2;'@b; -\"}]")
                .statusCode(200);
        enterCustomers();

        String export = exported("6 customers exported.");

        assertThat(export, containsString(",\"a\n'+2;''@b; -\","));
        assertThat(export, containsString(",x;'=1,"));
        check(export).awaitDialog("Nothing differs from what is stored.");
    }

    @Test
    void an_export_neither_loses_nor_repeats_customers_of_one_name_or_those_that_others_leave_in_place() {
        Sql.execute("insert into customer_group (vendor, name)"
                + " select 'acme', 'g' || lpad(i::text, 4, '0') from generate_series(1, 2100) i");
        Sql.execute("insert into customer (vendor, name, group_id, reg_date)"
                + " select vendor, 'Same', id, now() from customer_group union all"
                + " select 'acme', 'a' || lpad(i::text, 4, '0'), null, now() from generate_series(1, 1500) i union all"
                + " select 'acme', 'Same', null, now()");
        enterCustomers();
        browser.executeScript("""
            const send = fetch;
            let pages = 0;
            fetch = async (url, request) => {
              const answer = await send(url, request);
              if (url.includes('limit=1000') && pages++ === 0) {
                const { items } = (await answer.clone().json()).data;
                const { name, groupName } = items[0];
                const { bitkey } = Object.fromEntries(request.headers);
                await send(`../bitanswer/api/customers/${groupName}/${encodeURIComponent(name)}`, { method: 'DELETE', headers: { bitkey } });
              }
              return answer;
            };
            """);

        List<String> lines =
                exported("3,608 customers exported.").lines().skip(1).toList();

        assertEquals("Ada Ltd", lines.get(0).split(",")[0]);
        assertEquals(lines.size(), Set.copyOf(lines).size());
        assertEquals(
                2103, lines.stream().filter(line -> line.startsWith("Same,")).count());
    }

    @Test
    void columns_are_found_by_their_names_in_both_languages_and_in_the_api_and_a_missing_column_clears_nothing() {
        change("Ada Ltd", "'city':'London','contact':'Byron','email':'ada@example.com','country':'UK'");
        enterCustomers();

        check("名称, GROUP ,City,联系人,referenceId,Colour,Registered\nAda Ltd,East,Paris,,R7,?,\nAda Ltd,,\n")
                .awaitDialog("Import 2 customers");
        assertTexts("dialog summary", "1 changed", "1 new");
        assertThat(console.text("dialog"), containsString("Columns that are not imported: Colour"));
        assertTexts("dialog .names li", "City “London” → “Paris”", "Contact “Byron” → none", "Reference none → “R7”");

        console.press("Import 2 customers").awaitNotice("2 customers imported.");
        console.awaitRows("Ada Ltd", "Ada Ltd", "Babbage & Co", "Curie GmbH", "Darwin Inc", "Euler AG");
        assertStored(ADA, "'city':'Paris','contact':null,'email':'ada@example.com','country':'UK','referenceId':'R7'");
        api.get("/customers/Ada%20Ltd").statusCode(200);
    }

    @Test
    void refused_lines_are_shown_by_number_and_field_before_and_after_the_import_and_saved_as_a_file() {
        change("Curie GmbH", "'referenceId':'R1'");
        enterCustomers();
        console.sent();

        check("Name,Group,City,Registered,Reference\n"
                        + "\"Two\nlines\",East,,,\n"
                        + "Nobody,Nowhere,,,\n"
                        + "Gauss,,Göttingen,,\n"
                        + "\n"
                        + "Gauss,,,,\n"
                        + "Hilbert,,,1.2.2020,\n"
                        + "Noether,," + "x".repeat(256) + ",,\n"
                        + "Curie GmbH,East,Basel,,R2\n"
                        + "Galois,,,,R1\n"
                        + "Klein,,,2020-02-30,\n"
                        + "Hopf,,,,R2\n")
                .awaitDialog("Import 5 customers");
        List<String> refused = List.of(
                "Line 2: “Two lines” East Name: " + RULE_OF_NAMES,
                "Line 3: “Nobody” Nowhere Group: There is no such group.",
                "Line 6: “Gauss” Line 4 has the same customer.",
                "Line 7: “Hilbert” Registered: A time has the form yyyy-MM-dd HH:mm:ss or yyyy-MM-dd.",
                "Line 8: “Noether” City: A text has at most 255 characters, a description 2,000.");
        assertEquals(refused, texts("dialog details:first-of-type .changes > li"));
        assertEquals(List.of(), console.changes());

        console.press("Import 5 customers").awaitDialog("3 customers imported.");
        List<String> refusedByTheService = List.of(
                "Line 11: “Klein” Registered: \"2020-02-30 00:00:00\" is not a time; accepted: yyyy-MM-dd HH:mm:ss, yyyy-MM-dd,"
                        + " from the year 0001 to 9999.",
                "Line 12: “Hopf” Reference: The referenceId \"R2\" belongs to another customer, \"Curie GmbH\".");
        assertEquals(
                Stream.concat(refused.stream(), refusedByTheService.stream()).toList(),
                texts("dialog details:first-of-type .changes > li"));
        console.press("Save the refused lines");
        List<String> saved = download("refused.csv").lines().toList();
        assertEquals("\ufeffReason,Name,Group,City,Registered,Reference", saved.get(0));
        assertEquals("Group: There is no such group.,Nobody,Nowhere,,,", saved.get(3));
        assertEquals(9, saved.size());
        console.press("Close").awaitFocus("Import");
        assertStored("/customers/Galois", "'referenceId':'R1'");
    }

    @Test
    void an_import_on_the_page_of_a_group_goes_to_this_group_and_refuses_lines_of_another_one() {
        enterEast();

        check("Name;City\nAda Ltd;London\nGauss;Göttingen\n").awaitDialog("Import 2 customers");
        console.press("Import 2 customers").awaitNotice("2 customers imported.");
        console.awaitRows("Ada Ltd", "Babbage & Co", "Curie GmbH", "Darwin Inc", "Gauss");
        assertStored(ADA, "'city':'London'");

        check("Name\tGroup\nEuler AG\tWest\nAda Ltd\t\n").awaitDialog("Nothing differs from what is stored.");
        assertTexts("dialog details[open] li", "Line 2: “Euler AG” West Group: This is another group.");

        console.press("Close");
        assertThat(exported("5 customers exported.").lines().skip(1).toList(), everyItem(containsString(",East,")));
    }

    @Test
    void more_lines_than_one_call_accepts_are_looked_up_and_sent_in_several_calls() {
        enterCustomers();
        String lines = IntStream.range(0, 2500)
                .mapToObj(i -> "n%04d,West,C%d\n".formatted(i, i))
                .collect(Collectors.joining());
        check("name,groupName,city\n" + lines).awaitDialog("Import 2,500 customers");
        assertThat(texts("dialog .changes > li"), hasSize(100));
        console.sent();

        console.press("Import 2,500 customers").awaitNotice("2,500 customers imported.");

        assertEquals(3, console.changes().size());
        check(exported("2,505 customers exported.")).awaitDialog("Nothing differs from what is stored.");
        assertThat(console.text("dialog"), containsString("2,505 unchanged"));
    }

    @Test
    void an_import_that_ends_half_way_says_how_many_are_in_and_what_is_left_and_offers_an_undo() {
        enterCustomers();
        String lines =
                IntStream.range(0, 1500).mapToObj(i -> "n%04d\n".formatted(i)).collect(Collectors.joining());
        check("name\n" + lines).awaitDialog("Import 1,500 customers");
        // The second call is refused, for a reason that is in no line.
        browser.executeScript("""
            const send = fetch;
            let changes = 0;
            fetch = (url, request) => request?.method === 'POST' && url.endsWith('/customers') && ++changes === 2
              ? Promise.resolve(Response.json({ status: 1005, msg: 'The body is too large.' }, { status: 413 }))
              : send(url, request);
            """);

        console.press("Import 1,500 customers").awaitRefusal("The body is too large.");
        assertEquals("1,000 customers imported, 500 left.", console.text("dialog [role=status]"));
        console.awaitText("dialog .primary", "Import 500 customers").press("Cancel");
        console.awaitNotice("1,000 customers imported, 500 left.").press("Undo");
        console.awaitNotice("1,000 changes were undone.");
        console.awaitRows("Ada Ltd", "Babbage & Co", "Curie GmbH", "Darwin Inc", "Euler AG");
    }

    @Test
    void cancel_ends_an_export_a_check_and_an_import() {
        enterCustomers();
        console.blockRequests("*/customers/data*");
        console.press("Export").press("Export");
        cancelWork();
        check("Name\nGauss\n");
        cancelWork();
        console.blockRequests();
        check("Name\nGauss\n").awaitDialog("Import 1 customer").blockRequests("*/customers");
        console.sent();
        console.press("Import 1 customer");
        cancelWork();
        console.blockRequests();
        assertInPage("!document.querySelector('dialog').open");
    }

    private void cancelWork() {
        console.awaitText("dialog .primary", "Working…").press("Cancel");
    }

    @Test
    void export_and_import_work_with_the_keyboard_alone() {
        enterCustomers().tabTo("Export").type(Keys.ENTER);
        console.awaitFocus("File format").tabTo("Export").type(Keys.ENTER).awaitNotice("5 customers exported.");

        console.tabTo("Import").type(Keys.ENTER).awaitDialog("Import");
        console.awaitEquals(console.field(FILE), () -> browser.switchTo().activeElement());
        choose("Name\nGauss\n\"\",\nx,y\n");
        // Keys that the driver sends to this field are the name of a file.
        new Actions(browser).sendKeys(Keys.TAB).perform();
        console.tabTo("Check").type(Keys.ENTER).awaitFocus("Import 2 customers");
        console.tabTo("2 new").type(Keys.ENTER).tabTo("Import 2 customers").type(Keys.ENTER);
        console.awaitNotice("2 customers imported.").awaitFocus("Import");
    }

    @ParameterizedTest
    @CsvSource({"false, 390", "true, 1280"})
    void the_dialogs_are_accessible_and_fit_a_telephone(boolean dark, int width) {
        console.emulate(dark, width);
        enterCustomers().press("Export").choose("File format", "CSV");
        console.until(() -> console.field(GUARD).isDisplayed());
        assertAccessible(width, "export");
        console.press("Cancel");
        String word = "W".repeat(255);

        console.press("Import");
        String file =
                "Name,Group,City," + word + "\n" + word + ",East," + word + "\nAda Ltd,East," + word + "\n.," + word;
        choose(file);
        console.awaitEquals(4, () -> texts("dialog .columns label").size());
        assertAccessible(width, "preview");
        console.press("Check").awaitDialog("Import 2 customers");
        assertAccessible(width, "import");
        assertInPage("(dialog => dialog.scrollWidth <= dialog.clientWidth)(document.querySelector('dialog'))");
        console.press("Import 2 customers").awaitDialog("2 customers imported.");
        assertAccessible(width, "result");
    }
}
