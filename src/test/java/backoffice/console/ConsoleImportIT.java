package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What spreadsheet programs and people make: XLSX files, encodings, headers, times, blanks and new groups. */
@QuarkusIntegrationTest
class ConsoleImportIT extends WithSpreadsheets {

    private static final String ODD =
            "[{\"name\":\"=1+1\",\"groupName\":\"East\",\"regDate\":\"2026-01-05 08:30:17\",\"postcode\":\"000001\","
                    + "\"officeNumber\":\"+86\",\"address\":\"one\\r\\ntwo\\u0001\",\"contact\":\"_x0041_\",\"city\":\" 😀<&>\\\" \"}]";

    @BeforeEach
    void the_view_of_all_customers() {
        enterCustomers();
    }

    @Test
    void an_xlsx_file_keeps_every_text_so_that_its_import_changes_nothing() {
        api.post("/customers", ODD).statusCode(200);
        console.press("Export").press("Export").awaitNotice("6 customers exported.");
        byte[] file = downloadedBytes("customers.xlsx");

        check("customers.xlsx", file).awaitDialog("Nothing differs from what is stored.");
        assertTexts("dialog summary", "6 unchanged");
        console.press("Close");

        // After the customers are gone, the file brings them back.
        Object before = api.get("/customers/East/=1+1").extract().path("data.items[0]");
        Sql.execute("delete from customer");
        Sql.execute("delete from customer_group");
        check("customers.xlsx", file).awaitDialog("No line can be imported.");
        console.press("Create the 2 groups, too").awaitDialog("Import 6 customers");
        console.press("Import 6 customers").awaitNotice("6 customers imported.");
        assertEquals(before, api.get("/customers/East/=1+1").extract().path("data.items[0]"));
    }

    /** As Excel saves a file in which somebody has typed times and digits. */
    @Test
    void times_and_numbers_of_an_xlsx_file_are_read_as_texts() {
        Object file = browser.executeScript("""
                const time = (...parts) => ({ value: new Date(Date.UTC(...parts)), type: Date, format: 'yyyy/m/d h:mm' });
                return import('../_static/xlsx/xlsx.js').then(({ writeSheet }) => writeSheet([
                  ['Customers'],
                  ['Name', 'Registered', 'Mobile', 'Postcode'],
                  ['Gauss', time(2026, 0, 5, 8, 30, 17), 13800000001, 1010],
                  ['Hilbert', time(2026, 0, 6), 0.1, true],
                ]).toBlob()).then(blob => blob.arrayBuffer())
                  .then(buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))));
                """);

        check("typed.xlsx", Base64.getDecoder().decode(file.toString())).awaitDialog("Import 2 customers");
        console.press("Import 2 customers").awaitNotice("2 customers imported.");

        assertStored(
                "/customers/Gauss", "'regDate':'2026-01-05 08:30:17','mobileNumber':'13800000001','postcode':'1010'");
        assertStored("/customers/Hilbert", "'regDate':'2026-01-06 00:00:00'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Colour,City\\nGauss,X     | Choose the column of the field “Name”.
                    Name\\nA\\n"Gauss" AG,X     | Line 3: A quotation mark is out of place.
                    Name\\n"Gauss               | Line 2: A quotation mark is out of place.
                    \u00d0\u00cf\21\u00e0 | This is a file of an older Excel. Save it there as an Excel workbook (.xlsx).
                    PK\3\4 is not all of it | The file is damaged, or it is not an Excel workbook.
                    """)
    void a_file_that_cannot_be_read_shows_the_reason(String file, String reason) {
        check("import.csv", file.replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1))
                .awaitRefusal(reason);
    }

    @Test
    void times_as_excel_shows_them_are_read_and_one_without_seconds_is_no_change() {
        api.post("/customers", "[{\"name\":\"Same\",\"regDate\":\"2026-01-05 08:30:17\"}]");
        check("Name\tRegistered Asia/Shanghai\nDay\t2026/1/5\nMinute\t2026-1-5 8:30\nSecond\t2026/12/31 23:59:58\n"
                        + "Chinese\t2026年1月5日\nSame\t2026/1/5 8:30\nOther\t5.1.2026\n")
                .awaitDialog("Import 4 customers");
        assertTexts("dialog summary", "1 refused", "4 new", "1 unchanged");
        console.press("Import 4 customers").awaitDialog("4 customers imported.");

        assertEquals(
                "2026-01-05 00:00:00, 2026-01-05 00:00:00, 2026-01-05 08:30:00, 2026-12-31 23:59:58",
                Sql.text("select string_agg(reg_date::text, ', ' order by name) from customer"
                        + " where name in ('Chinese', 'Day', 'Minute', 'Second')"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    UTF-16LE     | \ufeff客户名称\\t手机号码\\t电子邮箱\\nMüller\\t138\\tm@example.com
                    UTF-16BE     | \ufeffCustomer name\\tMobile\\tE-mail\\nMüller\\t138\\tm@example.com
                    UTF-16LE     | 客户\\t手机（必填）\\t邮箱*\\nMüller\\t138\\tm@example.com
                    UTF-8        | sep=;\\n"a, b, c, d";;\\n公司名称;手机号;邮箱地址：\\nMüller;138;m@example.com
                    UTF-8        | \ufeffCustomers of 2026,,\\n\\nCompany,Mobile phone,mail\\nMüller,138,m@example.com
                    windows-1252 | name,Mobile number,Email\\nMüller,138,m@example.com
                    """)
    void headers_and_encodings_are_read_as_people_and_excel_write_them(String encoding, String file) {
        check("import.txt", file.replace("\\n", "\r\n").replace("\\t", "\t").getBytes(Charset.forName(encoding)))
                .awaitDialog("Import 1 customer");
        console.press("Import 1 customer").awaitNotice("1 customer imported.");

        assertStored("/customers/" + Api.segment("Müller"), "'mobileNumber':'138','email':'m@example.com'");
    }

    @Test
    void columns_that_are_not_recognized_are_matched_by_hand_with_three_samples() {
        console.press("Import");
        choose("Firma,Ort,Name\nGauss,Kiel,x\nHilbert,,y\nNoether,Bonn,z\nKlein,Köln,\n");
        console.awaitText("dialog summary", "Columns: 1 of 3 matched");
        assertTexts("dialog .columns .hint", "Gauss · Hilbert · Noether", "Kiel · Bonn", "x · y · z");

        console.choose("Firma", "Name").choose("Ort", "City").awaitText("dialog summary", "Columns: 2 of 3 matched");
        console.press("Check").awaitDialog("Import 4 customers");
        assertThat(console.text("dialog"), containsString("Columns that are not imported: Name"));
        console.press("Import 4 customers").awaitNotice("4 customers imported.");
        assertStored("/customers/Klein", "'city':'Köln'");
    }

    @Test
    void an_encoding_that_was_guessed_is_shown_with_its_texts_and_can_be_chosen() {
        console.press("中文").press("导入");
        choose("Excel 或 CSV 文件", "import.csv", "name\nMüller".getBytes(Charset.forName("windows-1252")));
        console.awaitText("dialog .columns .hint", "M黮ler");
        assertEquals("文件未注明编码。请确认下方文字是否正确。", console.text("#encoding-hint"));

        console.choose("编码", "Windows-1252").awaitText("dialog .columns .hint", "Müller");
        console.press("检查").awaitDialog("导入 1 个客户");
        assertTexts("dialog li", "第 2 行： “Müller”");
    }

    @Test
    void blanks_at_the_ends_of_names_are_pointed_out_and_removed_on_demand() {
        String file = "Name,Group\nAda Ltd ,East\n\u3000Gauss,East \n";
        check(file).awaitDialog("Import 1 customer");
        assertThat(texts("dialog details li").get(1), containsString("There is a blank at an end of the name."));
        console.press("Cancel").press("Import");
        choose(file);

        console.check("Remove the blanks at the ends of 3 names, such as “Ada Ltd ”");
        console.press("Check").awaitDialog("Import 1 customer");

        assertTexts("dialog summary", "1 new", "1 unchanged");
        console.press("Import 1 customer").awaitNotice("1 customer imported.");
        api.get("/customers/East/Gauss").statusCode(200);
    }

    @Test
    void groups_that_do_not_exist_are_created_on_demand() {
        check("Name,Group,City\nGauss,North,\nHilbert,South,\nNoether,North,\nAda Ltd,East,Kiel\n")
                .awaitDialog("Import 1 customer");
        assertThat(console.text("dialog"), containsString("These 2 groups do not exist: “North” “South”"));

        console.press("Create the 2 groups, too").awaitDialog("Import 4 customers");

        assertThat(console.text("dialog"), containsString("These 2 groups are created: “North” “South”"));
        assertThat(console.text("dialog"), not(containsString("refused")));
        api.get("/customer_groups/North").statusCode(404);
        console.press("Import 4 customers").awaitNotice("4 customers imported.");
        api.get("/customers/North/Gauss").statusCode(200);
        api.get("/customers/South/Hilbert").statusCode(200);
    }
}
